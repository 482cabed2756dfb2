import Testing
import WaproCloud

@Suite struct DictionaryTests {
    @Test func `the texts of an object are read, escapes and all`() {
        #expect([String: String](json: #"{"first_name":"Zo\u00eb \"Z\" 🙂","city":""}"#) == ["first_name": "Zoë \"Z\" 🙂", "city": ""])
        #expect([String: String](json: "{}") == [:])
    }

    @Test func `what is larger than Meta may send is read as well`() {
        let note = String(repeating: "x", count: 5 << 20)
        #expect([String: String](json: #"{"note":"\#(note)"}"#) == ["note": note])
        let many = (0..<60_000).map { "\"a\($0)\":\"\"" }.joined(separator: ",")
        #expect([String: String](json: "{\(many)}")?.count == 60_000)
    }

    @Test(arguments: ["", "[]", "\"a\"", #"{"a":1}"#, #"{"a":"b""#]) func `anything else is not taken`(text: String) {
        #expect([String: String](json: text) == nil)
    }
}
