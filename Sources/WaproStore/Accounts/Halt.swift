import GRDB
public import WaproCore

extension Transaction {
    /// What hits one message for a cause of its scope would hit the next: the scope stops until a person looked at it.
    ///
    /// - Parameter isOfCredentials: other credentials of the account mend it.
    public func halt(
        _ scope: HaltScope,
        campaign: CampaignID?,
        number: NumberID,
        code: Int,
        isOfCredentials: Bool = false
    ) throws {
        switch scope {
        case .campaign:
            guard let campaign, let state = try campaignState(campaign), state.sends else { return }
            try move(campaign, from: state, to: .held, because: .metaHalted, code: code)
        case .number:
            try halt(number, code: code, isOfCredentials: isOfCredentials)
        case .account:
            let numbers = try numbers()
            guard let account = numbers.first(where: { $0.id == number })?.account else { return }
            for number in numbers where number.account == account {
                try halt(number.id, code: code, isOfCredentials: isOfCredentials)
            }
        }
    }

    /// Lets the numbers of a scope that Meta stopped send again; returns them as they were. The first refusal stops them again if the cause is
    /// still there.
    @discardableResult
    public func liftHalts(of scope: HoldScope) throws -> [NumberRecord] {
        let halted = try haltedNumbers(of: scope)
        for number in halted { try halt(number.id, code: nil) }
        return halted
    }
}

extension Snapshot {
    /// The numbers of a scope from which nothing leaves because Meta refused for a cause of their own or of their account.
    public func haltedNumbers(of scope: HoldScope) throws -> [NumberRecord] {
        try numbers().filter { $0.halted != nil && scope.covers($0) }
    }
}
