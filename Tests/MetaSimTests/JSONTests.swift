import Testing

@testable import MetaSim

@Suite struct JSONTests {
    @Test(arguments: ["", "{", "[1,]", "01", "1.", "\"\\x\"", "\"\u{1}\"", "{\"a\":1,}", "nul", "1 2", "\"\\ud83d\""])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(text) }
    }

    @Test func `nesting has an end`() {
        #expect(throws: JSONParser.Malformed.self) {
            try JSONParser.parse(String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
        }
    }

    @Test func `escapes are read and written as Meta writes them`() throws {
        let value = try JSONParser.parse(#"{"a":["\u00e9\ud83d\ude00\n\/",1.50,true,null]}"#)
        #expect(value["a"]?.items?.first?.string == "é😀\n/")
        #expect(String(decoding: JSONText.bytes(value), as: UTF8.self) == #"{"a":["\u00e9\ud83d\ude00\n\/",1.50,true,null]}"#)
    }
}
