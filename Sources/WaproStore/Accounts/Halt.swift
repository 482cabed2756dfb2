import GRDB
public import WaproCore

extension Transaction {
    /// What hits one message for a cause of its scope would hit the next: the scope stops until a person looked at it.
    public func halt(_ scope: HaltScope, campaign: CampaignID?, number: NumberID, code: Int) throws {
        switch scope {
        case .campaign:
            guard let campaign, let state = try campaignState(campaign), state.sends else { return }
            try move(campaign, from: state, to: .held, because: .metaHalted, code: code)
        case .number:
            try halt(number, code: code)
        case .account:
            let numbers = try numbers()
            guard let account = numbers.first(where: { $0.id == number })?.account else { return }
            for number in numbers where number.account == account { try halt(number.id, code: code) }
        }
    }

    /// Lets a number that Meta stopped send again. With `wholeAccount` also the other numbers of its account that the same code stopped: the
    /// cause was the account's.
    public func liftHalt(of number: NumberID, wholeAccount: Bool) throws {
        let numbers = try numbers()
        guard let stopped = numbers.first(where: { $0.id == number }), let code = stopped.halted else { return }
        for other in numbers where other.id == number || (wholeAccount && other.account == stopped.account && other.halted == code) {
            try halt(other.id, code: nil)
        }
    }
}
