import Foundation
import Logging
import Testing
import WaproCore
import WaproPeople
import WaproRPC

@testable import WaproDaemon
@testable import WaproSending
@testable import WaproStore

/// The handlers over a store in memory, called as a client calls them; nothing sends, so a test says itself what came of it.
///
/// Two numbers of the account goods, offers and support, and one of the account rooms, bookings; a list of people, and two templates.
struct Desk {
    let store: Store
    let clock: SteppedClock
    let router: Router
    private let auditor: Auditor

    static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z")!

    init(people count: Int = 10, vitals: DispatcherVitals = DispatcherVitals()) async throws {
        let clock = SteppedClock(at: Self.start)
        let store = try Store(.memory, clock: clock.wall)
        (self.store, self.clock) = (store, clock)
        try await store.write(.control) { transaction in
            let portfolio = try transaction.configurePortfolio("Example")
            let app = try transaction.configureApp("main")
            let goods = try transaction.configureAccount("goods", wabaID: "102290129340398", portfolio: portfolio, app: app)
            let rooms = try transaction.configureAccount("rooms", wabaID: "102290129340399", portfolio: portfolio, app: app)
            _ = try transaction.configureNumber("offers", phoneNumberID: "106540352242922", account: goods, rate: 20)
            _ = try transaction.configureNumber("support", phoneNumberID: "106540352242923", account: goods)
            _ = try transaction.configureNumber("bookings", phoneNumberID: "106540352242924", account: rooms, rate: 20)
            for account in [goods, rooms] { _ = try transaction.sync([Self.template()], of: account) }
            let list = try transaction.makeList(named: "people")
            for index in 0..<count {
                let phone = try #require(PhoneNumber(value: 4_915_112_340_000 + Int64(index)))
                _ = try transaction.add(try transaction.upsertContact(phone: phone, name: nil, attributes: [:]).contact, to: list)
            }
        }
        var handlers = Handlers()
        let changes = Changes(store: store)
        CampaignHandlers(store: store, changes: changes, clock: clock.wall, vitals: { vitals }).register(&handlers)
        HoldHandlers(store: store, changes: changes).register(&handlers)
        AuditHandlers(store: store).register(&handlers)
        NumberHandlers(store: store).register(&handlers)
        ContactHandlers(store: store).register(&handlers)
        ImportHandlers(store: store, changes: changes, importer: Importer(store: store, clock: clock.wall)).register(&handlers)
        EventHandlers(store: store).register(&handlers)
        let passwords = Passwords(costLog2: 2)
        let logins = Logins(store: store, passwords: passwords, clock: clock.wall)
        UserHandlers(store: store, changes: changes, passwords: passwords, logins: logins, clock: clock.wall).register(&handlers)
        SessionHandlers(store: store, changes: changes, passwords: passwords, logins: logins, clock: clock.wall).register(&handlers)
        SystemHandlers(
            store: store,
            version: "test",
            startedAt: Self.start,
            clock: clock.wall,
            vitals: { vitals },
            problems: { [] }
        ).register(&handlers)
        let methods = Catalogue.wapro.methods.filter { method in
            ["campaign", "contact", "import", "number", "system", "audit", "event", "user", "session"].contains(
                method.name.split(separator: ".").first
            )
                || method == RPCCheck.self
        }
        var router = try Router(handlers, catalogue: Catalogue(methods: methods))
        let auditor = Auditor(store: store, clock: clock.wall, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let sessions = Sessions(store: store, clock: clock.wall)
        router.identify = { caller, token throws(Fault) in try await sessions.identify(caller, token) }
        router.onRefusal = { auditor.refused($0) }
        (self.router, self.auditor) = (router, auditor)
    }

    /// What the daemon does each minute.
    func settleRefusals() { auditor.settle(before: clock.wall.now().milliseconds / 60_000) }

    private static func template() throws -> Template {
        let json = """
            {"id":"1259544702043867","name":"offer","language":"en","category":"UTILITY","status":"APPROVED","parameter_format":"POSITIONAL",
             "components":[{"type":"BODY","text":"Come and see."}]}
            """
        return try JSONDecoder().decode(Template.self, from: Data(json.utf8))
    }

    /// Calls a method, as an operator unless said otherwise, in the session of a token if there is one; a fault is thrown.
    func callAsFunction<M: WaproRPC.Method>(
        _ method: M,
        as role: Role? = .operator,
        uid: UInt32 = 1000,
        token: Secret? = nil
    ) async throws -> M.Reply {
        var request: JSONObject = ["jsonrpc": "2.0", "id": 1, "method": .string(M.name), "params": method.json]
        request["meta"] = Meta(token: token).json
        let line = JSONValue.object(request)
        let caller = Caller(uid: uid, gid: 1000, groups: [], role: role)
        let answer = await router.read(Array(line.compact.utf8)).answer(caller, on: Nowhere())
        guard case .object(let object) = try JSONValue.parse(try #require(answer.line)) else { throw Unanswered() }
        if let error = object["error"], let fault = Fault(json: error) { throw fault }
        return try M.Reply.decode(try #require(object["result"]), .tolerant)
    }

    /// Calls in one line, each in the session of its token; how each ended.
    func batch(_ calls: [(any WaproRPC.Method, Secret?)]) async throws -> [String] {
        func request(_ method: any WaproRPC.Method, _ token: Secret?) -> JSONValue {
            var request: JSONObject = ["jsonrpc": "2.0", "id": 1, "method": .string(type(of: method).name), "params": method.json]
            request["meta"] = Meta(token: token).json
            return .object(request)
        }
        let line = JSONValue.array(calls.map { request($0.0, $0.1) }).compact
        let caller = Caller(uid: 1000, gid: 1000, groups: [], role: .operator)
        let answer = try #require(await router.read(Array(line.utf8)).answer(caller, on: Nowhere()).line)
        return try JSONValue.parse(answer).elements?.map { $0["error"]?["data"]?["type"]?.text ?? "done" } ?? []
    }

    private struct Unanswered: Error {}

    private final class Nowhere: WaproRPC.Connection {
        func send(_ line: String) async throws(CancellationError) {}
        func release(_ name: String) -> Bool { false }
        func cancel(_ id: RequestID) -> Bool { false }
        func reserve(_ stem: String, atMost limit: Int) -> String? { nil }
    }

    /// A campaign to everybody on the list, as it is created.
    @discardableResult
    func draft(_ name: String, from number: String = "offers", rate: Int? = nil, startAt: Timestamp? = nil) async throws -> CampaignID {
        let made = try await self(
            CampaignCreate(name: name, number: number, template: "offer", language: "en", list: "people", startAt: startAt, rate: rate)
        )
        return made.id
    }

    /// A campaign that runs; `written` recipients of it are frozen and their messages written, nil for all.
    @discardableResult
    func run(_ name: String, from number: String = "offers", rate: Int? = nil, written: Int? = nil) async throws -> CampaignID {
        let id = try await draft(name, from: number, rate: rate)
        _ = try await self(CampaignStart(campaign: name, again: true))
        try await store.write(.control) { transaction in
            if let written {
                _ = try transaction.freeze(id, limit: written)
            } else {
                while try transaction.freeze(id, limit: 100) == 100 {}
            }
            while try transaction.expand(id, limit: 100) > 0 {}
        }
        return id
    }

    /// Claims everything of a campaign that may go.
    func claim(_ campaign: CampaignID) async throws -> [Claim] {
        try await store.write(.sending) { [boot = store.boot] in try $0.claim(of: campaign, limit: 1000, boot: boot).claims }
    }

    /// Meta refuses for a cause of this scope.
    func halt(_ scope: HaltScope, of number: String, code: Int) async throws {
        try await store.write(.sending) { transaction in
            let id = try #require(try transaction.number(number)).id
            try transaction.halt(scope, campaign: nil, number: id, code: code)
        }
    }

    /// The numbers that Meta has stopped.
    func halted() async throws -> [String] {
        try await store.read { try $0.haltedNumbers(of: .everything).map(\.name) }
    }
}
