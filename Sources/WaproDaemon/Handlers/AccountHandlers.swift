import Synchronization
import WaproCloud
import WaproCore
import WaproRPC
import WaproStore

/// Answers `account.*`.
struct AccountHandlers: Sendable {
    let store: Store
    let changes: Changes
    let accounts: Accounts
    private let turn = Turn()

    init(store: Store, changes: Changes, accounts: Accounts) {
        (self.store, self.changes, self.accounts) = (store, changes, accounts)
    }

    func register(_ handlers: inout Handlers) {
        handlers.on(AccountList.self) { ask, _ throws(Fault) in try await list(ask) }
        handlers.on(AccountAdd.self, checking: Self.check) { ask, call throws(Fault) in
            try await alone { () async throws(Fault) in
                // Of a dry run no answer is kept: with another token it would be another one.
                if ask.dryRun == true { return try await add(ask, call) }
                if let earlier = try await changes.earlier(ask, call) {
                    try requireRepeated(ask.token, ask.appSecret, ask.verifyToken, of: { $0.wabaID == ask.wabaId })
                    return earlier
                }
                return try await add(ask, call)
            }
        }
        handlers.on(AccountToken.self, checking: Self.check) { ask, call throws(Fault) in
            try await alone { () async throws(Fault) in
                if let earlier = try await changes.earlier(ask, call) {
                    let record = try await store.ask { try $0.requireAccount(ask.account) }
                    try requireRepeated(ask.token, ask.appSecret, ask.verifyToken, of: { $0.id == record.id })
                    return earlier
                }
                return try await replaceToken(ask, call)
            }
        }
        handlers.on(AccountSubscribe.self, checking: Self.check) { ask, call throws(Fault) in
            try await alone { () async throws(Fault) in
                if let earlier = try await changes.earlier(ask, call) { return earlier }
                return try await subscribe(ask, call)
            }
        }
        handlers.on(AccountCheck.self) { ask, _ throws(Fault) in
            let account = try await store.ask { try $0.requireAccount(ask.account) }
            let checkup = AccountCheckup(account: account, accounts: accounts, numbers: try await store.ask { try $0.numbers() })
            return try await checkup.reply()
        }
    }

    private func list(_ ask: AccountList) async throws(Fault) -> Page<AccountInfo> {
        let limit = ask.limit ?? 100
        let after = try ask.place()
        let book = accounts.book
        return try await store.ask { snapshot in
            let numbers = try snapshot.numbers()
            let found = try snapshot.accounts().filter { account in after.map { account.id > $0 } ?? true }.prefix(limit)
            let infos = found.map { account in
                // Of an account that is not used any more, those that it had.
                let isFormer = book.accounts[account.id] == nil
                return AccountInfo(account, book, numbers.filter { $0.account == account.id && (isFormer || $0.isInUse) }.map(\.name))
            }
            return Page(items: infos, next: infos.count == limit ? infos.last?.id.description : nil)
        }
    }

    /// Refuses the repeat of a call that gives other secrets than the account has.
    private func requireRepeated(
        _ token: Secret,
        _ appSecret: Secret?,
        _ verifyToken: Secret?,
        of isMeant: (AccountBook.Account) -> Bool
    ) throws(Fault) {
        let book = accounts.book
        guard let account = book.accounts.values.first(where: isMeant) else { return }
        let app = book.apps[account.app]
        let pairs: [(Secret?, Secret?)] = [(token, account.token), (appSecret, app?.secret), (verifyToken, app?.verifyToken)]
        for (given, used) in pairs {
            if let given, let used, given != used { throw Fault.usedKeySecret }
        }
    }

    /// One change of accounts at a time: each asks Meta between looking and writing.
    private func alone<Reply>(_ body: () async throws(Fault) -> Reply) async throws(Fault) -> Reply {
        guard turn.take() else {
            throw Fault(
                .conflict,
                "Another change of an account is under way.",
                hint: "Try again when it has ended.",
                retryable: true,
                retryAfterMilliseconds: 1000
            )
        }
        defer { turn.end() }
        return try await body()
    }

    private final class Turn: Sendable {
        private let isTaken = Mutex(false)

        func take() -> Bool {
            isTaken.withLock { isTaken in
                defer { isTaken = true }
                return !isTaken
            }
        }

        func end() { isTaken.withLock { $0 = false } }
    }
}

extension AccountInfo {
    init(_ account: AccountRecord, _ book: AccountBook, _ numbers: [String]) {
        let known = book.accounts[account.id]
        let origin: AccountOrigin = known == nil ? .formerly : account.origin == .command ? .command : .configuration
        self.init(
            id: account.id,
            name: account.name,
            wabaId: account.wabaID,
            portfolio: account.portfolioName,
            app: account.appName,
            origin: Open(origin),
            hasToken: known?.credentials != nil,
            numbers: numbers
        )
    }
}
