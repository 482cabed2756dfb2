import Testing
import WaproCore
import WaproRPC

@Suite struct WireValueTests {
    @Test func `whole numbers beyond 2^53 travel as text`() throws {
        let exact = Int64(1) << 53
        #expect(exact.json == .integer(exact))
        #expect((exact + 1).json == .string("9007199254740993"))
        #expect(try Int64.decode("9007199254740993", .strict) == exact + 1)
        #expect(throws: Mismatch.self) { try Int.decode(.integer(exact + 1), .strict) }
        #expect(throws: Mismatch.self) { try Int64.decode("12x", .strict) }
    }

    @Test(arguments: [[], [0], [1, 2], [1, 2, 3], Array(0...255)] as [[UInt8]])
    func `bytes survive base 64`(bytes: [UInt8]) throws {
        #expect(try Base64.decode(Base64(bytes).json, .strict).bytes == bytes)
    }

    @Test(arguments: ["A", "AA", "AAA", "AA=A", "====", "AB==", "AAB=", "A A=", "AA-_", "é==="])
    func `base 64 that is not canonical is refused`(text: String) {
        #expect(throws: Mismatch.self) { try Base64.decode(.string(text), .strict) }
    }

    @Test func `base 64 is that of RFC 4648`() {
        #expect(Base64(Array("foobar".utf8)).json == "Zm9vYmFy")
        #expect(Base64(Array("fooba".utf8)).json == "Zm9vYmE=")
        #expect(Base64(Array("foob".utf8)).json == "Zm9vYg==")
    }

    @Test func `an unknown word is refused in parameters and kept in replies`() throws {
        #expect(throws: Mismatch.self) { try CampaignState.decode("runing", .strict) }
        let open = try Open<CampaignState>.decode("dreaming", .tolerant)
        #expect(open.known == nil && open.json == "dreaming")
        #expect(Open(CampaignState.running).known == .running)
    }

    @Test func `a mistake is named by its whole path, with a suggestion`() {
        func flaw(_ json: JSONValue) -> Mismatch? {
            #expect(throws: Mismatch.self) { try CampaignCreate.decode(json, .strict) }
        }
        let base: JSONObject = ["name": "a", "number": "n", "template": "t"]
        func with(_ key: String, _ value: JSONValue) -> JSONValue {
            var object = base
            object[key] = value
            return .object(object)
        }
        #expect(flaw(with("parameters", ["a": 1]))?.path == ["parameters", "a"])
        #expect(flaw(with("langauge", "en"))?.hint == "Did you mean language?")
        #expect(flaw(with("rate", 0))?.words == "must be a whole number from 1 to 1000")
        #expect(flaw(with("name", ""))?.path == ["name"])
        #expect(flaw(["name": "a"])?.path == ["number"])
    }

    @Test func `a reply of a newer daemon is read`() throws {
        let reply = try EventUnsubscribe.Reply.decode(["subscription": "s1", "new": [1]], .tolerant)
        #expect(reply.subscription == "s1")
    }

    @Test func `typing errors find the word that was meant`() {
        let words = ["campaign", "contact", "template"]
        #expect(Suggestion.nearest(to: "campain", among: words) == "campaign")
        #expect(Suggestion.nearest(to: "contcat", among: words) == "contact")
        #expect(Suggestion.nearest(to: "zzz", among: words) == nil)
        #expect(Suggestion.nearest(to: "x", among: ["y"]) == nil)
    }
}
