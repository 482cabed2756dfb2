import FoundationEssentials
import Logging
import Testing
import WaproCloud
import WaproCore
import WaproStore

@testable import WaproDaemon

/// What waprod.yaml says and what commands added become one book.
@Suite struct TakingOverTests {
    private let store: Store
    private let secrets = KeptSecrets(folder: SecretFolder(besides: nil))
    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws { store = try Store(.memory) }

    private func configuration(token: String) -> Configuration {
        var configuration = Configuration()
        configuration.portfolios = [.init(name: "group")]
        configuration.apps = [.init(name: "main", secret: Secret("s"), verifyToken: Secret("v"))]
        configuration.accounts = [.init(name: "goods", portfolio: "group", app: "main", wabaID: "33091", token: Secret(token))]
        configuration.numbers = [.init(name: "offers", account: "goods", phoneNumberID: "45120")]
        return configuration
    }

    private func book(_ configuration: Configuration) async throws -> AccountBook {
        try await TakingOver(configuration: configuration, secrets: secrets, logger: Self.silent).run(store)
    }

    private func token(_ configuration: Configuration) async throws -> String? {
        try await book(configuration).accounts.values.first?.credentials?.token.revealed
    }

    private func addRooms(withToken: Bool = true, proves: Bool = false) async throws -> NumberID {
        if withToken { try secrets.keep("t-rooms", of: "33099") }
        try secrets.draft(.init(secret: Secret("s2"), verifyToken: Secret("v2")), named: "second", for: 0)
        try secrets.folder.take("app-second.secrets")
        return try await store.write(.control) { transaction in
            let portfolio = try transaction.configurePortfolio("hotels")
            let app = try transaction.configureApp("second", metaID: "9", provesSecret: proves, origin: .command)
            let account = try transaction.configureAccount("rooms", wabaID: "33099", portfolio: portfolio, app: app, origin: .command)
            return try transaction.configureNumber("rooms", phoneNumberID: "45129", account: account)
        }
    }

    @Test func `the newest token counts: that of a command until the configuration has another`() async throws {
        #expect(try await token(configuration(token: "first")) == "first")
        let replaced = try GraphCredentials(token: Secret("first")).fingerprint
        try secrets.keep("given", replaces: replaced, of: "33091")
        #expect(try await token(configuration(token: "first")) == "given")
        #expect(try await token(configuration(token: "second")) == "second")
        #expect(try secrets.token(of: "33091", count: 0) == nil, "it is deleted")
        #expect(try await token(configuration(token: "first")) == "first")
    }

    @Test func `an account by command is there beside those of the configuration, and without any`() async throws {
        let number = try await addRooms()
        for configuration in [configuration(token: "t"), Configuration()] {
            let book = try await book(configuration)
            let rooms = try #require(book.accounts.values.first { $0.name == "rooms" })
            #expect(rooms.credentials?.token.revealed == "t-rooms" && rooms.numbers == [number: "45129"])
            #expect(book.apps["second"]?.secret.revealed == "s2" && book.apps["second"]?.metaID == "9")
            #expect(book.problems.isEmpty)
        }
        let gone = try await book(Configuration())
        #expect(gone.accounts.count == 1, "what the configuration had once is not asked or sent through")
    }

    @Test func `an account without its token stops its numbers, and says which command helps`() async throws {
        let number = try await addRooms(withToken: false)
        let book = try await book(configuration(token: "t"))
        #expect(book.problems.count == 1 && book.problems[0].contains("waproctl account token rooms --token FILE"))
        #expect(try await store.read { try $0.number(number)?.halted } == Refusal.noToken)
        try secrets.keep("t-rooms", of: "33099")
        #expect(try await self.book(configuration(token: "t")).problems.isEmpty)
        #expect(try await store.read { try $0.number(number)?.halted } == nil)
    }

    @Test func `an account by command that the configuration has by now is the configuration's`() async throws {
        _ = try await addRooms()
        var configuration = configuration(token: "t")
        configuration.accounts.append(.init(name: "hotel", portfolio: "group", app: "main", wabaID: "33099", token: Secret("t-hotel")))
        configuration.numbers.append(.init(name: "desk", account: "hotel", phoneNumberID: "45129"))
        let hotel = try #require(try await book(configuration).accounts.values.first { $0.wabaID == "33099" })
        #expect(hotel.name == "hotel" && hotel.app == "main" && hotel.credentials?.token.revealed == "t-hotel")
        #expect(try await store.read { try $0.accounts().map(\.origin) }.allSatisfy { $0 == .configuration })
    }

    // MARK: Drafts

    private func renew() async throws -> Int64 {
        try await store.write(.control) { transaction in
            try transaction.renewCredentials(of: try #require(try transaction.accounts().first { $0.wabaID == "33099" }).id)
        }
    }

    private func roomsToken() async throws -> String? {
        try await book(configuration(token: "t")).accounts.values.first { $0.name == "rooms" }?.credentials?.token.revealed
    }

    @Test func `a token whose commit did not happen is dropped at the start, and the one before is used`() async throws {
        _ = try await addRooms()
        try secrets.draft(.init(token: Secret("t-next")), of: "33099", for: 1)
        #expect(try await roomsToken() == "t-rooms")
        #expect(try secrets.folder.drafts().isEmpty)
        #expect(try await renew() == 1)
        #expect(try await roomsToken() == "t-rooms", "what was dropped does not come back when the count goes on")
    }

    @Test func `a token whose commit happened is used at the start, although it had not got its name yet`() async throws {
        _ = try await addRooms()
        try secrets.draft(.init(token: Secret("t-next")), of: "33099", for: 1)
        #expect(try await renew() == 1)
        for _ in 0..<2 {
            #expect(try await roomsToken() == "t-next")
            #expect(try secrets.folder.drafts().isEmpty)
        }
    }

    @Test func `an app's secrets go as one, by the app's count`() async throws {
        _ = try await addRooms()
        let app = KeptSecrets.App(secret: Secret("s3"), verifyToken: Secret("v3"), previous: Secret("s2"))
        for isCommitted in [false, true] {
            try secrets.draft(app, named: "second", for: 1)
            if isCommitted {
                try await store.write(.control) { transaction in
                    _ = try transaction.renewSecrets(of: try #require(try transaction.apps().first { $0.name == "second" }).id)
                }
            }
            let second = try #require(try await book(configuration(token: "t")).apps["second"])
            #expect(second.kept == (isCommitted ? app : .init(secret: Secret("s2"), verifyToken: Secret("v2"))))
            #expect(try secrets.folder.drafts().isEmpty)
        }
    }

    @Test func `a draft that cannot be put in order keeps no other from it, and one that is in use is never dropped`() async throws {
        let place = FileManager.default.temporaryDirectory.path + "/wapro-drafts-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: place + "/waprod.db.secrets", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let secrets = KeptSecrets(folder: SecretFolder(besides: place + "/waprod.db"))
        _ = try await addRooms()
        #expect(try await renew() == 1)
        let (all, apps) = try await store.read { (try $0.accounts(), try $0.apps()) }
        // Its name is taken by something that cannot be replaced.
        try FileManager.default.createDirectory(atPath: place + "/waprod.db.secrets/account-33099.token", withIntermediateDirectories: true)
        try secrets.draft(.init(token: Secret("t-next")), of: "33099", for: 1)
        try secrets.draft(.init(token: Secret("t-nobody")), of: "33077", for: 1)
        #expect(throws: SecretFolderFailure.self) { try secrets.settle(all, apps) }
        #expect(try secrets.folder.drafts() == ["account-33099.token"])
        #expect(try secrets.token(of: "33099", count: 1)?.token.revealed == "t-next")
    }

    @Test func `what belongs to no account of the store is dropped`() async throws {
        try secrets.draft(.init(token: Secret("t-nobody")), of: "33077", for: 1)
        _ = try await book(configuration(token: "t"))
        #expect(try secrets.folder.drafts().isEmpty)
    }

    @Test func `a start that fails has deleted nothing`() async throws {
        _ = try await token(configuration(token: "first"))
        try secrets.keep("given", replaces: try GraphCredentials(token: Secret("first")).fingerprint, of: "33091")
        var broken = configuration(token: "second")
        broken.accounts.append(.init(name: "bad", portfolio: "group", app: "main", wabaID: "33095", token: Secret("not a token")))
        await #expect(throws: DaemonFailure.self) { try await book(broken) }
        #expect(try await token(configuration(token: "first")) == "given")
    }

    // MARK: waprod.yaml changes

    @Test func `a number that a command left out is not used after a restart either`() async throws {
        let number = try await addRooms()
        let other = try await store.write(.control) { transaction in
            let account = try #require(try transaction.number(number)).account
            let other = try transaction.configureNumber("attic", phoneNumberID: "45130", account: account)
            try transaction.halt(other, code: Refusal.notInUse)
            // As account.add does with the numbers that were not named.
            try transaction.retireNumbers(of: account)
            _ = try transaction.configureNumber("rooms", phoneNumberID: "45129", account: account)
            return other
        }
        let rooms = try #require(try await book(configuration(token: "t")).accounts.values.first { $0.name == "rooms" })
        #expect(rooms.numbers == [number: "45129"])
        #expect(try await store.read { try $0.number(other)?.isInUse } == false)
    }

    @Test func `a number that waprod.yaml has no longer is not in use, until it is put back`() async throws {
        _ = try await book(configuration(token: "t"))
        var without = configuration(token: "t")
        without.numbers = []
        #expect(try await book(without).accounts.values.first?.numbers.isEmpty == true)
        let number = try #require(try await store.read { try $0.number("offers") })
        #expect(!number.isInUse && number.halted == nil, "the first message that waits says why")
        #expect(try await book(configuration(token: "t")).accounts.values.first?.numbers.keys.contains(number.id) == true)
        #expect(try await store.read { try $0.number("offers")?.isInUse } == true)
    }

    @Test func `an app that moved into waprod.yaml and out again does not get its old secret back`() async throws {
        _ = try await addRooms()
        var taken = configuration(token: "t")
        taken.apps.append(.init(name: "second", secret: Secret("s9"), verifyToken: Secret("v9")))
        #expect(try await book(taken).apps["second"]?.secret.revealed == "s9")
        let out = try await book(configuration(token: "t"))
        #expect(out.apps["second"] == nil && out.problems.contains { $0.contains("The secrets of the app second are missing") })
    }

    @Test func `an app that proves its secret and has lost it sends nothing, and is still known`() async throws {
        let number = try await addRooms(proves: true)
        secrets.forgetApp("second")
        let book = try await book(configuration(token: "t"))
        let rooms = try #require(book.accounts.values.first { $0.name == "rooms" })
        #expect(rooms.credentials == nil && rooms.token?.revealed == "t-rooms")
        #expect(book.lostApps["second"]?.metaID == "9" && book.lostApps["second"]?.provesSecret == true)
        #expect(book.problems.count == 1 && book.problems[0].contains("nothing of the account rooms is sent"))
        #expect(try await store.read { try $0.number(number)?.halted } == Refusal.noToken)
        #expect(book.others(of: "second").map(\.id) == [rooms.id], "its secrets mend the account without a restart")
    }

    @Test func `a name in waprod.yaml that a command gave to something else is refused`() async throws {
        _ = try await addRooms()
        var twice = configuration(token: "t")
        twice.numbers.append(.init(name: "rooms", account: "goods", phoneNumberID: "45140"))
        twice.accounts.append(.init(name: "rooms", portfolio: "group", app: "main", wabaID: "33098", token: Secret("t-other")))
        let failure = await #expect(throws: DaemonFailure.self) { try await book(twice) }
        guard case .configuration(let refusal)? = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
        #expect(refusal.problems.map(\.key) == ["accounts[1].name", "numbers[1].name"])
        #expect(try await store.read { try $0.number("rooms")?.phoneNumberID } == "45129")
    }
}

extension KeptSecrets {
    /// As a command keeps it, when nothing is counted yet.
    fileprivate func keep(_ token: String, replaces: String? = nil, of wabaID: String) throws {
        try draft(Token(token: Secret(token), replaces: replaces), of: wabaID, for: 0)
        try folder.take("account-\(wabaID).token")
    }
}
