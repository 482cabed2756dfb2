import Testing
import WaproCloud

@Suite struct DictionaryTests {
    @Test func `the texts of an object are read, escapes and all`() {
        #expect([String: String](json: #"{"first_name":"Zo\u00eb \"Z\" 🙂","city":""}"#) == ["first_name": "Zoë \"Z\" 🙂", "city": ""])
        #expect([String: String](json: "{}") == [:])
    }

    @Test(arguments: ["", "[]", "\"a\"", #"{"a":1}"#, #"{"a":"b""#]) func `anything else is not taken`(text: String) {
        #expect([String: String](json: text) == nil)
    }
}
