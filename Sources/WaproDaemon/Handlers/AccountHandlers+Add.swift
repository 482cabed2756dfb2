import WaproCloud
import WaproCore
import WaproRPC
import WaproStore

extension AccountHandlers {
    /// Asks Meta, keeps the secrets, then commits the account with its numbers, and only then sends and listens for it.
    func add(_ ask: AccountAdd, _ call: Call) async throws(Fault) -> AccountAdd.Reply {
        let (known, apps, numbers) = try await store.ask { (try $0.accounts(), try $0.apps(), try $0.numbers()) }
        let book = accounts.book
        try Self.refuseKnown(ask, known, book)
        var app = try Self.app(ask, book)
        let credentials = try Self.credentials(ask.token, app.app)
        let vetted = try await vet(credentials, for: ask.wabaId, app: app.app.ownCredentials())
        if app.isNew {
            if let id = app.app.metaID, let made = vetted.token?.appID, made != id {
                throw Fault(
                    .metaRefused,
                    "The token was made for another app than app_id says.",
                    field: "token",
                    hint: "Make the token for that app: what it sends is told to the app that it is of."
                )
            }
            app.app.metaID = app.app.metaID ?? vetted.token?.appID
            try await requireSecret(of: app.app, id: app.app.metaID)
        }
        let chosen = try Self.choose(vetted.numbers, ask, numbers, book)
        let reply = AccountAdd.Reply(
            added: ask.dryRun != true,
            name: ask.name,
            callback: "/webhook/\(ask.app)",
            numbers: chosen.map {
                AddedNumber(
                    name: $0.name,
                    phoneNumberId: $0.info.id,
                    displayNumber: $0.info.displayPhoneNumber,
                    verifiedName: $0.info.verifiedName,
                    status: $0.info.status
                )
            }
        )
        guard ask.dryRun != true else {
            var ask = ask
            ask.idempotencyKey = nil
            return try await changes.make(ask, call, outcome: { _ in "dry_run" }) { _ in reply }
        }
        try await keep { () throws(SecretFolderFailure) in
            try accounts.secrets.settle(known, apps)
            if app.isNew {
                let count = apps.first { $0.name == ask.app }?.secrets ?? 0
                try accounts.secrets.draft(app.app.kept, named: ask.app, for: count + 1)
            }
            let count = known.first { $0.wabaID == ask.wabaId }?.credentials ?? 0
            try accounts.secrets.draft(.init(token: ask.token), of: ask.wabaId, for: count + 1)
        }
        let others = app.isNew ? book.others(of: ask.app).filter { $0.wabaID != ask.wabaId }.map(\.id) : []
        return try await settling { () throws(Fault) in
            let made = try await commit(ask, call, app.app, isNew: app.isNew, credentials, chosen, others, reply)
            accounts.change { book in
                book.take(app.app)
                for (id, generation) in made.generations { book.renew(id, generation: generation) }
                if let account = made.account { book.accounts[account.id] = account }
            }
            store.work.ring()
            // It reads them once more, and what it cannot read is a problem of the status.
            store.numberNews.ring()
            return reply
        }
    }

    private func commit(
        _ ask: AccountAdd,
        _ call: Call,
        _ app: AccountBook.App,
        isNew: Bool,
        _ credentials: GraphCredentials,
        _ chosen: [(name: String, info: PhoneNumberInfo)],
        _ others: [AccountID],
        _ reply: AccountAdd.Reply
    ) async throws(Fault) -> Made {
        let made = Made()
        _ = try await changes.make(ask, call) { transaction in
            let portfolio = try transaction.configurePortfolio(ask.portfolio)
            let appID = try transaction.configureApp(
                app.name,
                metaID: app.metaID,
                provesSecret: app.provesSecret,
                origin: app.isConfigured ? .configuration : .command
            )
            if isNew { _ = try transaction.renewSecrets(of: appID) }
            // An app whose secrets were lost has them again: its other accounts are asked and sent with them.
            for other in others {
                made.generations[other] = try transaction.renewCredentials(of: other)
                try transaction.liftCredentialHalts(of: other)
            }
            let id = try transaction.configureAccount(ask.name, wabaID: ask.wabaId, portfolio: portfolio, app: appID, origin: .command)
            var account = AccountBook.Account(
                id: id,
                name: ask.name,
                wabaID: ask.wabaId,
                app: app.name,
                token: ask.token,
                credentials: credentials,
                generation: try transaction.renewCredentials(of: id),
                configured: nil,
                numbers: [:]
            )
            try transaction.retireNumbers(of: id)
            for (name, info) in chosen {
                let number = try transaction.configureNumber(name, phoneNumberID: info.id, account: id)
                try transaction.refresh(number, with: NumberNews(info))
                try transaction.halt(number, code: nil)
                account.numbers[number] = info.id
            }
            transaction.ringWork()
            made.account = account
            return reply
        }
        return made
    }

    /// Written on the writer's thread and read after its commit.
    private final class Made: @unchecked Sendable {
        var account: AccountBook.Account?
        var generations: [AccountID: Int64] = [:]
    }

    // MARK: What is asked for

    static func check(_ ask: AccountAdd) throws(Fault) {
        try require(ask.name, "name")
        try require(ask.portfolio, "portfolio")
        try require(ask.app, "app")
        try require(ask.wabaId, "waba_id", .metaID)
        if let id = ask.appId { try require(id, "app_id", .metaID) }
        try requireWords(token: ask.token, appSecret: ask.appSecret, verifyToken: ask.verifyToken)
    }

    static func check(_ ask: AccountToken) throws(Fault) {
        try requireWords(token: ask.token, appSecret: ask.appSecret, verifyToken: ask.verifyToken)
    }

    private static func require(_ text: String, _ field: String, _ format: Format<String> = .name) throws(Fault) {
        do throws(Complaint) {
            _ = try format.read(text)
        } catch {
            throw Fault(.invalidParameters, "\(field) must be \(format.expected).", field: field)
        }
    }

    private static func refuseKnown(_ ask: AccountAdd, _ known: [AccountRecord], _ book: AccountBook) throws(Fault) {
        for account in known where account.name == ask.name || account.wabaID == ask.wabaId {
            let field = account.wabaID == ask.wabaId ? "waba_id" : "name"
            let what = field == "name" ? "The name \(ask.name)" : "The account with this waba_id"
            guard let entry = book.accounts[account.id] else {
                // An account that waprod.yaml had once is taken up again; only its name must not be given to another one.
                guard field == "name" else { continue }
                throw Fault(.conflict, "\(what) belonged to another account of waprod.yaml.", field: field, hint: "Choose another name.")
            }
            let place = entry.configured == nil ? "was added before, as \(account.name)" : "is in waprod.yaml, as \(account.name)"
            throw Fault(
                .conflict,
                "\(what) \(place).",
                field: field,
                hint: "account.token gives it another token; account.check says how it is."
            )
        }
    }

    /// The app that is named: known, or made of what was given.
    private static func app(_ ask: AccountAdd, _ book: AccountBook) throws(Fault) -> (app: AccountBook.App, isNew: Bool) {
        if let app = book.apps[ask.app] {
            guard ask.appSecret == nil, ask.verifyToken == nil, ask.appId == nil, ask.appsecretProof == nil else {
                let place = app.isConfigured ? "is in waprod.yaml" : "was added before"
                throw Fault(
                    .conflict,
                    "The app \(ask.app) \(place), with its secrets.",
                    field: "app",
                    hint: "Leave out app_id, app_secret, verify_token and appsecret_proof, or name another app."
                )
            }
            return (app, false)
        }
        let lost = book.lostApps[ask.app]
        guard let secret = ask.appSecret, let verify = ask.verifyToken else {
            let known = Self.some(book.apps.keys.sorted())
            throw Fault(
                .invalidParameters,
                "\(lost == nil ? "The app \(ask.app) is new" : "The secrets of the app \(ask.app) are missing"): it needs app_secret and verify_token.",
                field: ask.appSecret == nil ? "app_secret" : "verify_token",
                hint: known.isEmpty ? "Both are in the App Dashboard; the verify token is one that you choose." : "There is: \(known)."
            )
        }
        let app = AccountBook.App(
            name: ask.app,
            metaID: ask.appId ?? lost?.metaID,
            secret: secret,
            verifyToken: verify,
            provesSecret: ask.appsecretProof ?? lost?.provesSecret ?? false,
            isConfigured: false
        )
        return (app, true)
    }

    /// The first of many, for a hint.
    private static func some(_ words: [String]) -> String {
        let rest = words.count - 10
        return words.prefix(10).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// A secret is one word of printable ASCII: whatever else was given is not it.
    private static func requireWords(token: Secret, appSecret: Secret?, verifyToken: Secret?) throws(Fault) {
        let secrets: [(Secret?, String)] = [(token, "token"), (appSecret, "app_secret"), (verifyToken, "verify_token")]
        for (secret, field) in secrets {
            guard let secret else { continue }
            guard !secret.revealed.isEmpty, secret.revealed.utf8.allSatisfy({ (33...126).contains($0) }) else {
                throw Fault(
                    .invalidParameters,
                    "\(field) has a space, a line break or a character outside ASCII in it, or is empty.",
                    field: field,
                    hint: "A secret is one word on one line."
                )
            }
        }
    }

    static func credentials(_ token: Secret, _ app: AccountBook.App?) throws(Fault) -> GraphCredentials {
        do {
            return try AccountBook.credentials(token, app)
        } catch {
            throw Fault(.invalidParameters, "\(error).", field: "token")
        }
    }

    /// The numbers that are taken, with their names. A number that is known keeps its name, whatever else changes.
    private static func choose(
        _ all: [PhoneNumberInfo],
        _ ask: AccountAdd,
        _ known: [NumberRecord],
        _ book: AccountBook
    ) throws(Fault) -> [(name: String, info: PhoneNumberInfo)] {
        for id in ask.numbers ?? [] where !all.contains(where: { $0.id == id }) {
            let there = some(all.map(\.id))
            throw Fault(
                .notFound,
                "The account has no number with the phone_number_id \(printable(id)).",
                field: "numbers",
                hint: "It has: \(there)."
            )
        }
        let wanted = all.filter { number in ask.numbers.map { $0.contains(number.id) } ?? true }.sorted { $0.id < $1.id }
        guard !wanted.isEmpty else {
            throw Fault(.notFound, "The account has no phone number.", hint: "Add one in WhatsApp Manager first.")
        }
        var used = Set(known.map(\.name))
        var chosen: [(String, PhoneNumberInfo)] = []
        var ordinal = 1
        for info in wanted {
            if let number = known.first(where: { $0.phoneNumberID == info.id }) {
                guard book.accounts[number.account]?.numbers[number.id] == nil else {
                    throw Fault(
                        .conflict,
                        "The number \(number.name) belongs to the account \(number.accountName) already.",
                        field: "numbers",
                        hint: "Name the other numbers, by phone_number_id."
                    )
                }
                chosen.append((number.name, info))
                continue
            }
            func name() -> String { ordinal == 1 ? ask.name : "\(ask.name)-\(ordinal)" }
            while used.contains(name()) { ordinal += 1 }
            used.insert(name())
            chosen.append((name(), info))
        }
        return chosen
    }
}
