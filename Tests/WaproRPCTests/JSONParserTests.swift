import Testing
import WaproRPC

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", JSONValue.null), (" true ", true), ("-0", 0), ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .decimal(9223372036854775808)),
            ("1.5e3", .decimal(1500)), ("0.0e-400", .decimal(0)), ("5e-324", .decimal(.leastNonzeroMagnitude)), ("[]", []),
            ("[ 1 , [ ] , { } ]", [1, [], [:]]),
            (#"{"a":{"b":[null]},"c":""}"#, ["a": ["b": [.null]], "c": ""]),
            (#""\u00e9\ud83d\ude00\/\n""#, "é😀/\n"), ("\"é\u{1F600}\u{7f}\"", "é😀\u{7f}"),
        ] as [(String, JSONValue)]
    )
    func `what RFC 8259 allows is read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue.parse(text) == value)
    }

    @Test(arguments: [
        "", " ", "[1,]", "{\"a\":1,}", "[,1]", "{,}", "[1 2]", "{\"a\" 1}", "{a:1}", "{\"a\":1 \"b\":2}", "01", "-", "1.", ".5", "1e", "+1",
        "0x1", "NaN", "tru", "truex",
        "nulll", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"", "\"\t\"", "[", "{", "]",
        "[1]]", "1 2", "'a'", "{\"a\":1,\"a\":2}",
        "{\"\\u0061\":1,\"a\":2}", "1e999", "1e-324", "\u{FEFF}1", "[1}", "{\"a\":1]", "/* */1", "123456789012345678901234567890123",
    ])
    func `what it forbids is refused`(text: String) {
        #expect(throws: JSONFlaw.self) { try JSONValue.parse(text) }
    }

    @Test func `ill-formed UTF-8 is refused`() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3, 0x22]] {
            #expect(throws: JSONFlaw.self) { try JSONValue.parse(bytes) }
        }
    }

    @Test func `depth, nodes and lengths are limited, and hostile depth costs no stack`() throws {
        let limits = JSONLimits(depth: 3, nodes: 5, stringBytes: 4, numberBytes: 4)
        #expect(throws: Never.self) { try JSONValue.parse("[[[1]]]", limits: limits) }
        for text in ["[[[[1]]]]", "[1,2,3,4,5]", "\"abcde\"", "12345"] {
            #expect(throws: JSONFlaw.self) { try JSONValue.parse(text, limits: limits) }
        }
        #expect(throws: JSONFlaw.self) { try JSONValue.parse(String(repeating: "[", count: 1_000_000)) }
    }

    @Test(arguments: ["[1,", "[[],", #"{"a":["#, #"["\n\u00e9"#, "{"]) func `a long text takes time by its length, not by the square of it`(
        kind: String
    ) throws {
        func text(_ count: Int) -> [UInt8] {
            let inner =
                switch kind {
                case "[1,": "[\(Array(repeating: "1", count: count).joined(separator: ","))]"
                case "[[],": "[\(Array(repeating: "[]", count: count).joined(separator: ","))]"
                case "{": "{\((0..<count).map { "\"\($0)\":1" }.joined(separator: ","))}"
                case #"["\n\u00e9"#: "\"\(String(repeating: #"\n\u00e9"#, count: count))\""
                default: "{\"a\":[\(Array(repeating: "null", count: count).joined(separator: ","))]}"
                }
            return Array(inner.utf8)
        }
        func least(_ bytes: [UInt8]) throws -> Duration {
            try (0..<8).map { _ in try ContinuousClock().measure { _ = try JSONValue.parse(bytes) } }.min() ?? .zero
        }
        let (short, long) = (try least(text(800)), try least(text(40_000)))
        #expect(long < short * 400, "fifty times as much took \(long / short) times as long")
    }

    @Test func `a flaw says where`() {
        let flaw = #expect(throws: JSONFlaw.self) { try JSONValue.parse("[1,]") }
        #expect(flaw == JSONFlaw?.some(flaw!) && flaw?.offset == 3 && flaw?.words == "a comma before the closing bracket")
    }

    @Test func `what is written is read back, and shows itself on a terminal`() throws {
        let hostile = "\u{1B}]0;x\u{7}\u{9B}31m\u{202E}\u{200B}\u{2028}\"\\\n😀é\u{7F}"
        let value: JSONValue = ["text": .string(hostile), "n": [1, .decimal(0.1), .null, true], "deep": ["": [:]]]
        for text in [value.compact, value.indented] {
            #expect(try JSONValue.parse(text) == value)
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.hidesOnTerminal })
        }
        #expect(!value.compact.contains("\n"))
    }

    @Test func `random bytes never crash the parser, and what it accepts it can repeat`() throws {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("[]{}\",:\\u0123456789abcdeftrulns-+.E \n".utf8) + [0xC3, 0xA9, 0xFF]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
            guard let value = try? JSONValue.parse(bytes) else { continue }
            #expect(try JSONValue.parse(value.compact) == value)
        }
    }
}
