import Foundation
import Testing
import WaproCore

@testable import WaproCloud

@Suite struct JSONTests {
    func refusal(_ text: String, limits: JSONLimits = JSONLimits()) -> JSONRefusal.Reason? {
        do {
            _ = try JSONDocument(Array(text.utf8), limits: limits)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: [
        "0", "-0.5e-1", "true", "false", "null", #""""#, "[]", "{}", " [ 1 , { \"a\" : [ ] } ] ",
        #"{"a":{"b":[1,2,{"c":null}]},"d":"\u00e7\/"}"#,
        #"["\ud83d\udce6","\\\""]"#, "[[],[[]],{}]",
    ])
    func `good JSON is taken, and another parser reads the same`(_ text: String) throws {
        let mine = try JSONDocument(Array(text.utf8)).root.tree
        #expect(try mine == JSONDecoder().decode(RawJSON.self, from: Data(text.utf8)))
    }

    @Test(arguments: [
        ("", JSONRefusal.Reason.empty), (" ", .unfinished), ("{", .unfinished), ("[1,", .unfinished), ("[1,]", .unexpected),
        ("[,1]", .unexpected),
        ("{\"a\":1,}", .unexpected), ("{\"a\"}", .unexpected), ("{a:1}", .unexpected), ("[1 2]", .unexpected), ("1 1", .unexpected),
        ("]", .unexpected), ("[}", .unexpected), ("tru", .unexpected), ("nul", .unexpected), ("01", .badNumber), ("1.", .badNumber),
        ("1e", .badNumber), (".5", .unexpected), ("+1", .unexpected), ("-", .unexpected), ("\u{FEFF}{}", .byteOrderMark),
        ("\"a\nb\"", .badString), (#""\x""#, .badString), (#""\u12g4""#, .badString), (#""abc"#, .unfinished), (#""\"#, .unfinished),
        (#"{"a":1,"a":2}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey), ("NaN", .unexpected),
        ("[" + String(repeating: "1", count: 33) + "]", .badNumber), (String(repeating: "[", count: 33), .tooDeep),
    ])
    func `bad JSON is refused with its reason`(_ text: String, _ reason: JSONRefusal.Reason) {
        #expect(refusal(text) == reason)
    }

    @Test func `bounds hold`() {
        var limits = JSONLimits()
        limits.values = 3
        #expect(refusal("[1,2]", limits: limits) == nil)
        #expect(refusal("[1,2,3]", limits: limits) == .tooManyValues)
        limits.string = 5
        #expect(refusal(#""abc""#, limits: limits) == nil)
        #expect(refusal(#""abcd""#, limits: limits) == .stringTooLong)
        limits.bytes = 4
        #expect(refusal("[1, 2]", limits: limits) == .tooLarge)
        #expect(refusal(String(repeating: "[", count: 32) + String(repeating: "]", count: 32)) == nil)
    }

    @Test func `invalid UTF-8 is refused`() {
        #expect(throws: JSONRefusal(reason: .notUTF8, offset: 1)) { try JSONDocument([34, 0xC3, 0x28, 34]) }
        #expect(throws: JSONRefusal(reason: .notUTF8, offset: 1)) { try JSONDocument([34, 0xED, 0xA0, 0x80, 34]) }
    }

    @Test func `the same key in a large object is found`() {
        let members = (0..<100).map { #""k\#($0)":1"# }.joined(separator: ",")
        #expect(refusal("{\(members)}") == nil)
        #expect(refusal(#"{\#(members),"k7":1}"#) == .duplicateKey)
    }

    @Test func `half of a surrogate pair does not make a document unreadable`() throws {
        #expect(try JSONDocument(Array(#""a\ud83d""#.utf8)).root.string == "a\u{FFFD}")
        #expect(try JSONDocument(Array(#""\udce6b""#.utf8)).root.string == "\u{FFFD}b")
    }

    @Test func `what is taken, another parser takes too, whatever byte is damaged`() throws {
        let good = WebhookFixtures.json("statuses_sent_utility")
        var compared = 0
        for index in good.indices {
            for replacement in [UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\\"), 0] {
                var bytes = good
                bytes[index] = replacement
                guard let mine = try? JSONDocument(bytes).root.tree else { continue }
                compared += 1
                #expect(try JSONDecoder().decode(RawJSON.self, from: Data(bytes)) == mine)
            }
        }
        #expect(compared > 30)
    }

    @Test func `numbers too large for a double keep their digits`() throws {
        let root = try JSONDocument(Array(#"{"id":9876500123400019999}"#.utf8)).root
        #expect(root["id"]?.text == "9876500123400019999")
    }

    @Test(arguments: ["plain", "quote \" and \\", "line\nbreak\ttab\r", "\u{1}\u{1f}\u{8}\u{c}", "João 📦 ‮", ""])
    func `written strings are read back the same`(_ text: String) throws {
        var bytes: [UInt8] = []
        bytes.appendQuoted(text)
        #expect(try JSONDocument(bytes).root.string == text)
        #expect(try JSONDecoder().decode(String.self, from: Data(bytes)) == text)
    }
}
