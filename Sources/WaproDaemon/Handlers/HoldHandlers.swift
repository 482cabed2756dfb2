import WaproCore
import WaproRPC
import WaproStore

/// Answers `system.hold` and `system.release`.
struct HoldHandlers: Sendable {
    let store: Store
    let changes: Changes

    func register(_ handlers: inout Handlers) {
        handlers.on(SystemHold.self) { ask, call throws(Fault) in try await changes.make(ask, call) { try Self.hold(ask, $0) } }
        handlers.on(SystemRelease.self) { ask, call throws(Fault) in try await changes.make(ask, call) { try Self.release(ask, $0) } }
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
        guard try transaction.hold(scope) != nil else {
            let held = try transaction.holdInfos().map(\.scope).joined(separator: ", ")
            throw Fault(.conflict, "It is not held.", hint: held.isEmpty ? "Nothing is held." : "Held is: \(held).")
        }
        let will = try transaction.willSend(from: try transaction.numbers(freedBy: scope))
        let isDry = ask.dryRun ?? false
        if !isDry { try transaction.release(scope) }
        return SystemRelease.Reply(
            released: !isDry,
            campaigns: will.campaigns.map { WillSend(campaign: $0.campaign.name, waiting: Int64($0.waiting)) },
            direct: Int64(will.direct),
            holds: try transaction.holdInfos()
        )
    }
}

extension Snapshot {
    func scope(number: String?, account: String?) throws -> HoldScope {
        switch (number, account) {
        case (nil, nil): .everything
        case (let number?, nil): .number(try requireNumber(number, field: "number").id)
        case (nil, let account?): .account(try requireAccount(account).id)
        default: throw Fault(.invalidParameters, "Give number or account, not both.", field: "account")
        }
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

    /// Numbers that nothing else holds.
    func numbers(freedBy scope: HoldScope) throws -> Set<NumberID> {
        let others = try holds().map(\.scope).filter { $0 != scope }
        return Set(try numbers().filter { number in scope.covers(number) && !others.contains { $0.covers(number) } }.map(\.id))
    }

    /// Why nothing leaves from a number, and what to do; nil when something may.
    func stop(of number: NumberRecord) throws -> (words: String, next: String)? {
        if let hold = try holds().first(where: { $0.scope.covers(number) }) {
            let said = hold.detail.map { " (\($0))" } ?? ""
            return ("nothing leaves, because \(hold.because.words)\(said)", "waproctl release says what it would send, and lets it go.")
        }
        return number.halted.map { (Reason.metaHalted.words(code: $0), "Mend the cause, then campaign.resume.") }
    }

    /// What holds keep the daemon from doing, for its status.
    func holdProblems() throws -> [String] {
        try holdInfos().map { hold in
            let said = hold.reason.map { " (\($0))" } ?? ""
            return "Nothing leaves from \(hold.scope): \(hold.because)\(said). waproctl release says what it would send, and lets it go."
        }
    }
}

extension HoldScope {
    func covers(_ number: NumberRecord) -> Bool {
        switch self {
        case .everything: true
        case .account(let id): number.account == id
        case .number(let id): number.id == id
        }
    }
}
