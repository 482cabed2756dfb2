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

    private func addRooms(withToken: Bool = true) async throws -> NumberID {
        if withToken { try secrets.keep(.init(token: Secret("t-rooms")), of: "33099") }
        try secrets.keep(.init(secret: Secret("s2"), verifyToken: Secret("v2")), named: "second")
        return try await store.write(.control) { transaction in
            let portfolio = try transaction.configurePortfolio("hotels")
            let app = try transaction.configureApp("second", metaID: "9", origin: .command)
            let account = try transaction.configureAccount("rooms", wabaID: "33099", portfolio: portfolio, app: app, origin: .command)
            return try transaction.configureNumber("rooms", phoneNumberID: "45129", account: account)
        }
    }

    @Test func `the newest token counts: that of a command until the configuration has another`() async throws {
        #expect(try await token(configuration(token: "first")) == "first")
        let replaced = try GraphCredentials(token: Secret("first")).fingerprint
        try secrets.keep(.init(token: Secret("given"), replaces: replaced), of: "33091")
        #expect(try await token(configuration(token: "first")) == "given")
        #expect(try await token(configuration(token: "second")) == "second")
        #expect(try secrets.token(of: "33091") == nil, "it is deleted")
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
        try secrets.keep(.init(token: Secret("t-rooms")), of: "33099")
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
}
