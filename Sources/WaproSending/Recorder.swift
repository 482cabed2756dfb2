import WaproCloud
import WaproCore
import WaproStore

/// Writes down what attempts came to: result, history, event and counters in one transaction.
enum Recorder {
    static func record(_ results: [(Claim, Ending)], in transaction: Transaction) throws {
        for (claim, ending) in results {
            switch ending {
            case .accepted(let wamid, let waID):
                try transaction.accept(claim, wamid: wamid, waID: waID)
            case .again(let at, let because, let code, let isPair):
                try transaction.end(claim, as: .waiting, because: because, code: code, dueAt: at)
                if isPair { try transaction.penalise(claim.number, claim.contact, until: at) }
            case .takenBack(let because):
                try transaction.end(claim, as: .waiting, because: because, dueAt: transaction.now, isTry: false)
            case .failed(let because, let code, let isOptOut, let detail):
                try transaction.end(claim, as: .failed, because: because, code: code, detail: detail)
                if isOptOut { try transaction.optOut(claim.contact, code: code) }
            case .inDoubt(let code):
                try transaction.end(claim, as: .inDoubt, because: .answerUnknown, code: code)
            case .halted(let scope, let code):
                try transaction.end(claim, as: .waiting, because: .metaHalted, code: code, dueAt: transaction.now, isTry: false)
                try transaction.halt(scope, campaign: claim.campaign, number: claim.number, code: code)
            }
        }
    }
}
