import Testing
import WaproCore

@Suite struct IdentifierTests {
    private let noon = Timestamp(milliseconds: 1_795_000_000_000)

    @Test func `later identifiers are larger as numbers and as text`() {
        var source = IdentifierSource(after: 0)
        var all: [MessageID] = []
        for step in 0..<2000 { all.append(source.next(at: Timestamp(milliseconds: noon.milliseconds + Int64(step / 100)))) }
        #expect(all == all.sorted())
        #expect(all.map(\.description) == all.map(\.description).sorted())
        #expect(Set(all).count == all.count)
    }

    @Test func `a clock that goes backward never brings an identifier back`() {
        var source = IdentifierSource(after: 0)
        let first: MessageID = source.next(at: noon)
        let second: MessageID = source.next(at: Timestamp(milliseconds: noon.milliseconds - 3_600_000))
        #expect(second > first)
        var restarted = IdentifierSource(after: source.last)
        #expect(restarted.next(MessageID.self, at: Timestamp(milliseconds: 0)) > second)
    }

    @Test func `kinds share one sequence`() {
        var source = IdentifierSource(after: 0)
        let campaign = source.next(CampaignID.self, at: noon)
        let contact = source.next(ContactID.self, at: noon)
        #expect(contact.rawValue > campaign.rawValue)
    }

    @Test func `the text form comes back`() {
        var source = IdentifierSource(after: 0)
        let id = source.next(MessageID.self, at: noon)
        #expect(MessageID(id.description) == id)
        #expect(id.description.hasPrefix("msg_"))
        #expect(id.description.utf8.count == 17)
        #expect(MessageID(MessageID(rawValue: .max).description)?.rawValue == .max)
    }

    @Test(arguments: [
        "", "msg_", "msg_0000000000000", "con_0000000000001", "msg_000000000000l", "msg_00000000000001", "msg_000000000001",
        "MSG_0000000000001",
        "msg_zzzzzzzzzzzzz", "msg_000000000000é",
    ])
    func `other text is no identifier`(text: String) {
        #expect(MessageID(text) == nil)
    }
}

@Suite struct AttemptTests {
    private let attempt = AttemptID(message: MessageID(rawValue: 1 << 40), ordinal: 3)

    @Test func `an attempt finds its way back from a status`() {
        let text = CallbackData.render(attempt, store: "ab12")
        #expect(text.utf8.count <= 512)
        #expect(CallbackData.parse(text, store: "ab12") == .attempt(attempt))
    }

    @Test func `what another store or program wrote is foreign`() {
        let text = CallbackData.render(attempt, store: "ab12")
        #expect(CallbackData.parse(text, store: "cd34") == .foreign)
        for other in [
            "", "c=4812;r=77;a=1", "w1:ab12", "w1:ab12:", "w2:ab12:\(attempt)", "w1:ab12:\(attempt):x", "w1:ab12:\(attempt.message).0",
        ] {
            #expect(CallbackData.parse(other, store: "ab12") == .foreign, "\(other)")
        }
    }

    @Test func `a secret never shows`() {
        let secret = Secret("EAAG-token")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped] {
            #expect(!text.contains("EAAG"))
        }
        #expect(secret.revealed == "EAAG-token")
    }
}
