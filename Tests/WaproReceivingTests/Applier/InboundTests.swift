import Testing
import WaproCore
@testable import WaproStore

@testable import WaproReceiving

@Suite(.timeLimit(.minutes(5)))
struct InboundTests {
    @Test func `a message from somebody new makes a contact with the profile name and opens the window`() async throws {
        let world = try await World()
        try await world.receive(Webhook.text("wamid.A"))
        let contact = try #require(try await world.contact(4_917_612_345_678))
        #expect(contact.profileName == "Ada")
        #expect(contact.userID == nil)
        let message = try #require(try await world.inbound.first)
        #expect(message.contact == contact.id)
        #expect(message.kind == "text")
        #expect(message.content?.contains("hi") == true)
        #expect(try await world.store.read { try $0.lastInbound(of: contact.id, to: world.number) } == World.start)
    }

    @Test func `a person is known by user id, by number, or by both, and stays one contact`() async throws {
        let world = try await World()
        let portfolio = try await world.portfolio
        try await world.receive(Webhook.text("wamid.A", from: #""from_user_id":"DE.1","#, contact: #""user_id":"DE.1""#))
        let hidden = try #require(try await world.store.read { try $0.contact(userID: "DE.1", portfolio: portfolio) })
        #expect(hidden.phone == nil)
        try await world.receive(
            Webhook.text(
                "wamid.B",
                from: #""from":"4917612345678","from_user_id":"DE.1","#,
                contact: #""wa_id":"4917612345678","user_id":"DE.1""#
            )
        )
        #expect(try await world.contact(4_917_612_345_678)?.id == hidden.id)
        try await world.receive(Webhook.text("wamid.C"))
        #expect(Set(try await world.inbound.map(\.contact)) == [hidden.id])
    }

    @Test func `a message to a number that is not configured is counted and kept`() async throws {
        let world = try await World()
        let body = Webhook.text("wamid.A").replacing("\"1001\"", with: "\"9999\"")
        try await world.receive(body)
        #expect(try await world.inbound.isEmpty)
        #expect(try await world.counts == ["messages.unknown_number": 1])
        #expect(try await world.store.journal().bytes == body.utf8.count)
    }

    @Test func `a kind of message that is new to this version is stored under Meta's word`() async throws {
        let world = try await World()
        let body = Webhook.text("wamid.A").replacing(
            #""type":"text","text":{"body":"hi"}"#,
            with: #""type":"hologram","hologram":{"depth":3}"#
        )
        try await world.receive(body)
        #expect(try await world.inbound.map(\.kind) == ["hologram"])
    }

    @Test func `a stop that Meta delivers again does not undo what the person said since`() async throws {
        let world = try await World()
        let stop = Webhook.preference("stop", at: 1_795_341_600)
        try await world.receive(stop, Webhook.preference("resume", at: 1_795_341_700))
        let events = try await world.lastEvent
        try await world.receive(stop)
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == nil)
        #expect(try await world.lastEvent == events)
    }

    @Test func `stop and resume are taken by Meta's time, whatever the order in which they come`() async throws {
        let world = try await World()
        try await world.receive(Webhook.preference("stop", at: 1_795_341_700), Webhook.preference("resume", at: 1_795_341_600))
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == Timestamp(seconds: 1_795_341_700))
        try await world.receive(Webhook.preference("resume", at: 1_795_341_800))
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == nil)
    }

    @Test func `who stands here twice, by user id and by phone, opts out of both`() async throws {
        let world = try await World()
        try await world.receive(Webhook.text("wamid.A", from: #""from_user_id":"DE.123","#, contact: #""user_id":"DE.123""#))
        try await world.store.write(.control) {
            _ = try $0.upsertContact(phone: PhoneNumber(value: 4_917_612_345_678)!, name: "Ada", attributes: [:])
        }
        let both = #""wa_id":"4917612345678","user_id":"DE.123""#
        let stop = Webhook.preference("stop", at: 1_795_341_700).replacing(#""wa_id":"4917612345678""#, with: both)
        try await world.receive(stop)
        let contacts = try await world.store.read { try $0.contacts(list: nil, after: nil, limit: 9) }
        #expect(contacts.count == 2 && contacts.allSatisfy { $0.optedOutAt != nil })
    }

    @Test func `a stop from before is shared when two turn out to be one person`() async throws {
        let world = try await World()
        try await world.receive(Webhook.text("wamid.A", from: #""from_user_id":"DE.123","#, contact: #""user_id":"DE.123""#))
        try await world.store.write(.control) {
            let known = try $0.upsertContact(phone: PhoneNumber(value: 4_917_612_345_678)!, name: "Ada", attributes: [:]).contact
            try $0.prefer(known, stops: true, at: World.start)
        }
        try await world.receive(
            Webhook.text(
                "wamid.B",
                from: #""from":"4917612345678","from_user_id":"DE.123","#,
                contact: #""wa_id":"4917612345678","user_id":"DE.123""#
            )
        )
        let contacts = try await world.store.read { try $0.contacts(list: nil, after: nil, limit: 9) }
        #expect(contacts.count == 2 && contacts.allSatisfy { $0.optedOutAt == World.start })
    }

    @Test func `a stop that is said to another number of the account counts, one to another account does not`() async throws {
        let world = try await World()
        let stop = Webhook.preference("stop", at: 1_795_341_700).replacing("1001", with: "1009")
        try await world.receive(stop.replacing(#""id":"501""#, with: #""id":"509""#))
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == nil)
        #expect(try await world.counts == ["user_preferences.unknown_number": 1])
        try await world.receive(stop)
        #expect(try await world.contact(4_917_612_345_678)?.optedOutAt == Timestamp(seconds: 1_795_341_700))
    }

    @Test(arguments: [
        (#""type":"text","text":{"body":"hi"}"#, true), (#""type":"system","system":{"body":"b","type":"user_changed_number"}"#, false),
        (#""type":"request_welcome""#, false), (#""type":"edit","edit":{}"#, false), (#""type":"revoke","revoke":{}"#, false),
        (#""group_id":"g","type":"text","text":{"body":"hi"}"#, false),
        (#""type":"reaction","reaction":{"message_id":"wamid.B","emoji":"👍"}"#, false),
    ])
    func `only what a person says to us alone opens the conversation window`(node: String, opens: Bool) async throws {
        let world = try await World()
        let text = Webhook.text("wamid.A").replacing(#""type":"text","text":{"body":"hi"}"#, with: node)
        try await world.receive(text)
        #expect(try await world.inbound.count == 1)
        let contact = try #require(try await world.contact(4_917_612_345_678))
        let last = try await world.store.read { [number = world.number] in try $0.lastInbound(of: contact.id, to: number) }
        #expect((last != nil) == opens)
    }

    /// Mexico, Argentina and Brazil: as the number is dialled, and as WhatsApp writes it.
    private static let forms: [(dialled: Int64, written: Int64)] = [
        (525_512_345_678, 5_215_512_345_678), (541_123_456_789, 5_491_123_456_789), (5_531_987_654_321, 553_187_654_321),
    ]

    private func said(_ written: Int64, _ body: String) -> String { body.replacing("4917612345678", with: "\(written)") }

    @Test(arguments: forms) func `who opted out before a file brought the person has opted out`(dialled: Int64, written: Int64) async throws
    {
        let world = try await World()
        try await world.receive(said(written, Webhook.preference("stop", at: 1_795_341_700)))
        try await world.store.write(.control) { transaction in
            let row = ContactRow(phone: PhoneNumber(value: dialled)!, name: nil, attributes: "{}")
            _ = try transaction.upsert([row], addingTo: nil)
        }
        let contacts = try await world.store.read { try $0.contacts(list: nil, after: nil, limit: 9) }
        #expect(contacts.count == 1 && contacts[0].optedOutAt == Timestamp(seconds: 1_795_341_700))
    }

    @Test func `what is said of marketing is kept with both rows that an earlier version made of one person`() async throws {
        let world = try await World()
        let (dialled, written) = Self.forms[0]
        try await world.store.write(.control) { transaction in
            for (id, phone) in [(1, dialled), (2, written)] as [(Int64, Int64)] {
                try transaction.db.run(
                    "INSERT INTO contact (id, phone, attributes, created_at, updated_at) VALUES (?, ?, '{}', 0, 0)",
                    [id, phone]
                )
            }
        }
        try await world.receive(said(written, Webhook.preference("stop", at: 1_795_341_700)))
        let contacts = try await world.store.read { try $0.contacts(list: nil, after: nil, limit: 9) }
        #expect(contacts.count == 2 && contacts.allSatisfy { $0.optedOutAt != nil })
    }

    @Test(arguments: forms) func `who writes after a file brought the person is that person`(dialled: Int64, written: Int64) async throws {
        let world = try await World()
        try await world.store.write(.control) { transaction in
            _ = try transaction.upsertContact(phone: PhoneNumber(value: dialled)!, name: "Ana", attributes: [:])
        }
        try await world.receive(said(written, Webhook.text("wamid.A")), said(written, Webhook.preference("stop", at: 1_795_341_700)))
        let contacts = try await world.store.read { try $0.contacts(list: nil, after: nil, limit: 9) }
        #expect(contacts.count == 1 && contacts[0].optedOutAt != nil && contacts[0].waID == written)
        for number in [dialled, written] { #expect(try await world.contact(number)?.id == contacts[0].id) }
    }

    /// In Argentina people write a number without the 9 that WhatsApp has in it.
    @Test func `whom a file brings by the number that WhatsApp has for somebody is that person`() async throws {
        let world = try await World()
        let (written, whatsApp, another) = (541_123_456_789, 5_491_123_456_789, 5_491_123_456_780) as (Int64, Int64, Int64)
        _ = try await world.accepted("wamid.A", to: written, waID: whatsApp)
        try await world.store.write(.control) { transaction in
            let known = try transaction.upsertContact(phone: PhoneNumber(value: written)!, name: nil, attributes: [:]).contact
            try transaction.prefer(known, stops: true, at: World.start)
            let rows = [whatsApp, another].map { ContactRow(phone: PhoneNumber(value: $0)!, name: nil, attributes: "{}") }
            _ = try transaction.upsert(rows, addingTo: nil)
        }
        #expect(try await world.contact(whatsApp)?.optedOutAt == World.start)
        #expect(try await world.contact(another)?.optedOutAt == nil)
    }
}
