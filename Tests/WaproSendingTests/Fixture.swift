import Foundation
import Testing
import WaproCore

@testable import WaproStore

/// A store in memory with two numbers of one account, one of another, approved templates and a list of contacts.
struct Fixture {
    let store: Store
    let clock: SteppedClock
    let number: NumberID
    /// Of the same account as `number`.
    let sibling: NumberID
    /// Of another account.
    let stranger: NumberID
    let list: ListID
    let contacts: [ContactID]

    static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z")!

    /// - Parameter wall: the store's clock; nil for one that is stepped.
    init(contacts count: Int = 10, wall: WallClock? = nil) async throws {
        let clock = SteppedClock(at: Self.start)
        let store = try Store(.memory, clock: wall ?? clock.wall)
        (self.store, self.clock) = (store, clock)
        (number, sibling, stranger, list, contacts) = try await store.write(.control) { transaction in
            let portfolio = try transaction.configurePortfolio("Example")
            let app = try transaction.configureApp("main")
            let shop = try transaction.configureAccount("shop", wabaID: "102290129340398", portfolio: portfolio, app: app)
            let other = try transaction.configureAccount("other", wabaID: "102290129340399", portfolio: portfolio, app: app)
            let number = try transaction.configureNumber("support", phoneNumberID: "106540352242922", account: shop, rate: 1000)
            let sibling = try transaction.configureNumber("sales", phoneNumberID: "106540352242923", account: shop)
            let stranger = try transaction.configureNumber("bookings", phoneNumberID: "106540352242924", account: other)
            _ = try transaction.sync([Self.meta("order_update", "UTILITY"), Self.meta("winter_sale", "MARKETING")], of: shop)
            let list = try transaction.makeList(named: "customers")
            let contacts = try (0..<count).map { index in
                let phone = try #require(PhoneNumber(value: 4_915_112_340_000 + Int64(index)))
                let contact = try transaction.upsertContact(phone: phone, name: "Person \(index)", attributes: [:]).contact
                _ = try transaction.add(contact, to: list)
                return contact
            }
            return (number, sibling, stranger, list, contacts)
        }
    }

    private static func meta(_ name: String, _ category: String) throws -> Template {
        let json = """
            {"id":"1259544702043867","name":"\(name)","language":"en_US","category":"\(category)","status":"APPROVED","parameter_format":"POSITIONAL",
             "components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["4711"]]}}]}
            """
        return try JSONDecoder().decode(Template.self, from: Data(json.utf8))
    }

    /// A campaign that was started: the dispatcher freezes and expands it.
    func start(_ name: String = "launch", template: String = "order_update", rate: Int? = nil) async throws -> CampaignID {
        try await store.write(.control) { [number, list] transaction in
            let record = try #require(try transaction.templates(named: template, account: nil).first)
            let draft = CampaignDraft(name: name, number: number, template: record, list: list, parameters: ["1": "4711"], rate: rate)
            let campaign = try transaction.createCampaign(draft)
            try transaction.beginFreezing(campaign, from: .draft, because: .asked)
            return campaign
        }
    }

    /// All messages of a campaign, written and claimed.
    func claims(of campaign: CampaignID) async throws -> [Claim] {
        try await store.write(.sending) { [boot = store.boot] transaction in
            while try transaction.freeze(campaign, limit: 100) == 100 {}
            while try transaction.expand(campaign, limit: 100) > 0 {}
            return try transaction.claim(of: campaign, limit: 1000, boot: boot).claims
        }
    }

    func state(of campaign: CampaignID) async throws -> CampaignState? {
        try await store.read { try $0.campaign(campaign)?.state }
    }

    func message(_ id: MessageID) async throws -> MessageRecord {
        try #require(try await store.read { try $0.message(id) })
    }

    func halts() async throws -> [NumberID: Int] {
        let numbers = try await store.read { try $0.numbers() }
        return Dictionary(uniqueKeysWithValues: numbers.compactMap { number in number.halted.map { (number.id, $0) } })
    }

    /// How many recipients are in each state: as the counters say, and counted anew from the rows.
    func counts(of campaign: CampaignID) async throws -> (kept: [MessageState: Int], counted: [MessageState: Int]) {
        try await store.read { snapshot in
            let record = try #require(try snapshot.campaign(campaign))
            let rows = try snapshot.recipients(of: record, state: nil, after: nil, limit: 100_000).rows
            let counted = rows.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
            return (try snapshot.counts(of: campaign).filter { $0.value != 0 }, counted)
        }
    }
}
