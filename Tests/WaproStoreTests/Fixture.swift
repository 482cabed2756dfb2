import Foundation
import GRDB
import Testing
import WaproCore

@testable import WaproStore

/// A store with one number, one approved template and a list of contacts.
struct Fixture {
    let store: Store
    let clock: SteppedClock
    let number: NumberID
    let template: TemplateID
    let list: ListID

    static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z")!

    init(contacts: Int = 10, at location: StoreLocation = .memory) async throws {
        let clock = SteppedClock(at: Self.start)
        let store = try Store(location, clock: clock.wall)
        (self.store, self.clock) = (store, clock)
        (number, template, list) = try await store.write(.control) { transaction in
            let portfolio = try transaction.configurePortfolio("Example")
            let app = try transaction.configureApp("main")
            let account = try transaction.configureAccount("shop", wabaID: "102290129340398", portfolio: portfolio, app: app)
            let number = try transaction.configureNumber("support", phoneNumberID: "106540352242922", account: account)
            _ = try transaction.sync(
                [Self.meta(name: "order_update", category: "UTILITY"), Self.meta(name: "winter_sale", category: "MARKETING")],
                of: account
            )
            let list = try transaction.makeList(named: "customers")
            for index in 0..<contacts {
                let phone = try #require(PhoneNumber(value: 4_915_112_340_000 + Int64(index)))
                let contact = try transaction.upsertContact(phone: phone, name: "Person \(index)", attributes: ["city": "Berlin"])
                try transaction.add(contact.contact, to: list)
            }
            let template = try #require(try transaction.templates(named: "order_update", account: account).first)
            return (number, template.id, list)
        }
    }

    static func meta(name: String, category: String) throws -> Template {
        let json = """
            {"id":"1259544702043867","name":"\(name)","language":"en_US","category":"\(category)","status":"APPROVED","parameter_format":"POSITIONAL",
             "components":[{"type":"BODY","text":"Your order {{1}} is on its way.","example":{"body_text":[["4711"]]}}]}
            """
        return try JSONDecoder().decode(Template.self, from: Data(json.utf8))
    }

    func makeCampaign(_ name: String = "launch", template: String = "order_update", startAt: Timestamp? = nil) async throws -> CampaignID {
        try await store.write(.control) { [number, list] transaction in
            let record = try #require(try transaction.templates(named: template, account: nil).first)
            return try transaction.createCampaign(
                CampaignDraft(name: name, number: number, template: record, list: list, parameters: ["1": "4711"], startAt: startAt)
            )
        }
    }

    /// A campaign that is frozen, expanded and running.
    func runCampaign(_ name: String = "launch", template: String = "order_update") async throws -> CampaignID {
        let campaign = try await makeCampaign(name, template: template)
        try await store.write(.control) { transaction in
            try transaction.beginFreezing(campaign, from: .draft, because: .asked)
            while try transaction.freeze(campaign, limit: 4) == 4 {}
            while try transaction.expand(campaign, limit: 4) > 0 {}
        }
        return campaign
    }

    func claim(_ campaign: CampaignID, limit: Int = 100) async throws -> [Claim] {
        try await store.write(.sending) { [boot = store.boot] in
            try $0.claim(of: campaign, limit: limit, boot: boot).claims
        }
    }

    /// The counters, and what they should be when everything is counted anew.
    func counts(_ campaign: CampaignID) async throws -> [MessageState: Int] {
        try await store.read { snapshot in
            let kept = try snapshot.counts(of: campaign).filter { $0.value != 0 }
            var counted: [MessageState: Int] = [:]
            let rows = try snapshot.db.rows(
                "SELECT m.state FROM recipient r LEFT JOIN message m ON m.id = r.message WHERE r.campaign = ?",
                [campaign.rawValue]
            )
            let isCancelled = try snapshot.campaign(campaign)?.state == .cancelled
            for row in rows {
                let raw: Int? = row["state"]
                counted[raw.flatMap(MessageState.init(rawValue:)) ?? (isCancelled ? .cancelled : .pending), default: 0] += 1
            }
            #expect(kept == counted, "the counters must equal a recount")
            return kept
        }
    }
}

/// A folder of its own that goes when the test ends.
final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("wapro-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var database: String { path + "/waprod.db" }
}
