import WaproCloud
import WaproCore
import WaproRPC
import WaproSending
import WaproStore

/// Answers `system.hold` and `system.release`.
struct HoldHandlers: Sendable {
    let store: Store
    let changes: Changes

    func register(_ handlers: inout Handlers) {
        changes.on(SystemHold.self, in: &handlers) { try Self.hold($0, $1) }
        changes.on(SystemRelease.self, in: &handlers, outcome: { $0.released ? "done" : "dry_run" }) { try Self.release($0, $1) }
    }

    private static func hold(_ ask: SystemHold, _ transaction: Transaction) throws -> SystemHold.Reply {
        let scope = try transaction.scope(number: ask.number, account: ask.account)
        guard try transaction.hold(scope, because: .asked, detail: ask.reason) else {
            throw Fault(.conflict, "It is held already.", hint: "system.release ends it.")
        }
        return SystemHold.Reply(holds: try transaction.holdInfos())
    }

    private static func release(_ ask: SystemRelease, _ transaction: Transaction) throws -> SystemRelease.Reply {
        let scope = try transaction.scope(number: ask.number, account: ask.account)
        let halted = try transaction.haltedNumbers(of: scope)
        guard try transaction.hold(scope) != nil || !halted.isEmpty else { throw try transaction.nothingToRelease() }
        let will = try transaction.willSend(from: try transaction.numbers(freedBy: scope))
        let isDry = ask.dryRun ?? false
        if !isDry {
            try transaction.release(scope)
            try transaction.liftHalts(of: scope)
        }
        return SystemRelease.Reply(
            released: !isDry,
            campaigns: will.campaigns.map {
                WillSend(campaign: $0.campaign.name, waiting: Int64($0.waiting), complete: $0.campaign.isFrozen)
            },
            direct: Int64(will.direct),
            halts: halted.map { HaltInfo(number: $0.name, because: Reason.metaHalted.words(code: $0.halted)) },
            holds: try transaction.holdInfos()
        )
    }
}

extension Snapshot {
    func scope(number: String?, account: String?) throws -> HoldScope {
        if let number { return .number(try requireNumber(number, field: "number").id) }
        if let account { return .account(try requireAccount(account).id) }
        return .everything
    }

    func holdInfos() throws -> [HoldInfo] {
        let (numbers, accounts) = (try numbers(), try accounts())
        return try holds().map { hold in
            let scope =
                switch hold.scope {
                case .everything: "everything"
                case .account(let id): "account \(accounts.first { $0.id == id }?.name ?? id.description)"
                case .number(let id): "number \(numbers.first { $0.id == id }?.name ?? id.description)"
                }
            return HoldInfo(scope: scope, because: hold.because.words, reason: hold.detail, since: hold.since)
        }
    }

    /// Numbers from which something leaves once a scope is released, and does not now: its hold or Meta stopped them, and nothing else does.
    func numbers(freedBy scope: HoldScope) throws -> Set<NumberID> {
        let holds = try holds().map(\.scope)
        let (isHeld, others) = (holds.contains(scope), holds.filter { $0 != scope })
        let freed = try numbers().filter { number in
            scope.covers(number) && (isHeld || number.halted != nil) && !others.contains { $0.covers(number) }
        }
        return Set(freed.map(\.id))
    }

    fileprivate func nothingToRelease() throws -> Fault {
        let held = try holdInfos().map(\.scope) + haltedNumbers(of: .everything).map { "number \($0.name), by Meta" }
        let hint = held.isEmpty ? "Nothing is held or stopped." : "Held or stopped is: \(held.joined(separator: ", "))."
        return Fault(.conflict, "It is neither held by itself nor stopped by Meta.", hint: hint)
    }

    /// What holds keep the daemon from doing, for its status. Reasons are words of the people who held it, about anybody.
    func holdProblems(withReasons: Bool) throws -> [String] {
        try holdInfos().map { hold in
            let said = withReasons ? hold.reason.map { " (\($0))" } ?? "" : ""
            let place = hold.scope == "everything" ? "" : " from \(hold.scope)"
            return "Nothing leaves\(place): \(hold.because)\(said). waproctl release says what it would send, and lets it go."
        }
    }

    /// What Meta's refusals keep the daemon from doing, for its status: one sentence for numbers that stopped together.
    ///
    /// - Parameter mute: accounts that have no credentials, and say so themselves.
    func haltProblems(except mute: Set<AccountID>) throws -> [String] {
        struct Cause: Hashable { var account: AccountID, code: Int }
        let halted = try haltedNumbers(of: .everything).filter { number in
            switch number.halted {
            case Refusal.noToken: !mute.contains(number.account)
            // Once what waited is cancelled it keeps nobody from anything.
            case Refusal.notInUse: try waiting(of: number.id) > 0
            default: true
            }
        }
        let groups = Dictionary(grouping: halted) { Cause(account: $0.account, code: $0.halted ?? 0) }
        return groups.values.sorted { $0[0].id < $1[0].id }.map { numbers in
            let names = numbers.map(\.name).joined(separator: ", ")
            if numbers[0].halted == Refusal.notInUse {
                return "Messages wait at \(names), but \(Reason.numberNotInUse.words). \(numbers[0].nextWhenNotInUse)"
            }
            let scope = numbers.count > 1 ? "--account \(numbers[0].accountName)" : "--number \(names)"
            let why = Reason.metaHalted.words(code: numbers[0].halted)
            return "Sending from \(names) is stopped: \(why). waproctl release \(scope) lets it go on."
        }
    }
}
