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
            case .again(let at, let because, let code):
                try transaction.end(claim, as: .waiting, because: because, code: code, dueAt: at)
            case .failed(let because, let code, let isOptOut, let detail):
                try transaction.end(claim, as: .failed, because: because, code: code, detail: detail)
                if isOptOut { try transaction.optOut(claim.contact, code: code) }
            case .inDoubt(let code):
                try transaction.end(claim, as: .inDoubt, because: .answerUnknown, code: code)
            case .halted(let scope, let code):
                try transaction.end(claim, as: .waiting, because: .metaHalted, code: code, dueAt: transaction.now)
                try stop(scope, of: claim, code: code, in: transaction)
            }
        }
    }

    /// What hits one message for a cause of its scope would hit the next: the scope stops until a person looked at it.
    private static func stop(_ scope: HaltScope, of claim: Claim, code: Int, in transaction: Transaction) throws {
        switch scope {
        case .campaign:
            guard let id = claim.campaign, let campaign = try transaction.campaign(id), campaign.state.sends else { return }
            try transaction.move(id, from: campaign.state, to: .held, because: .metaHalted, code: code)
        case .number:
            try transaction.halt(claim.number, code: code)
        case .account:
            let numbers = try transaction.numbers()
            guard let account = numbers.first(where: { $0.id == claim.number })?.account else { return }
            for number in numbers where number.account == account { try transaction.halt(number.id, code: code) }
        }
    }
}
