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
            case .again(let at, let because, let code, let isPair, let detail):
                try transaction.end(claim, as: .waiting, because: because, code: code, dueAt: at, detail: detail)
                if isPair { transaction.penalise(claim.number, claim.contact, until: at) }
            case .takenBack(let because):
                try transaction.end(claim, as: .waiting, because: because, dueAt: transaction.now)
            case .failed(let because, let code, let isOptOut, let detail):
                try transaction.end(claim, as: .failed, because: because, code: code, detail: detail)
                if isOptOut { try transaction.optOut(claim.contact, code: code) }
            case .inDoubt(let why):
                try transaction.end(claim, as: .inDoubt, because: .answerUnknown, detail: why)
            case .halted(_, let code, _, let generation?) where try transaction.hasNewerCredentials(claim.number, than: generation):
                let because: Reason = code == Refusal.noToken ? .certainlyNotSent : .tokenReplaced
                try transaction.end(claim, as: .waiting, because: because, dueAt: transaction.now)
                // The machine took the refusal for a halt, and looks again.
                transaction.ringWork()
            case .halted(_, Refusal.notInUse, _, _) where try transaction.number(claim.number)?.isInUse == true:
                // It was taken into use by a commit whose routes are not in place yet.
                try transaction.end(claim, as: .waiting, because: .certainlyNotSent, dueAt: transaction.now)
                transaction.ringWork()
            case .halted(let scope, let code, let because, let generation):
                try transaction.end(claim, as: .waiting, because: because, dueAt: transaction.now)
                try transaction.halt(
                    scope,
                    campaign: claim.campaign,
                    number: claim.number,
                    code: code,
                    isOfCredentials: generation != nil
                )
            }
        }
    }
}
