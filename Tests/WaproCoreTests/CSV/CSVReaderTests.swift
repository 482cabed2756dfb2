import Testing
import WaproCore

@Suite struct CSVReaderTests {
    private func read(_ bytes: [UInt8], piece: Int = .max, limits: CSVReader.Limits = .init()) throws -> [CSVRecord] {
        var reader = CSVReader(limits: limits)
        var records: [CSVRecord] = []
        var start = 0
        while start < bytes.count {
            let end = piece >= bytes.count - start ? bytes.count : start + piece
            records += try reader.feed(bytes[start..<end])
            start = end
        }
        return try records + reader.finish()
    }

    private func lines(_ records: [CSVRecord]) -> [String] {
        records.map { record in
            switch record {
            case .row(let row): "\(row.line):" + (0..<row.count).map(row.text).joined(separator: "|")
            case .fault(let fault): "\(fault.line)!\(fault.reason)"
            }
        }
    }

    private func lines(_ text: String, limits: CSVReader.Limits = .init()) throws -> [String] {
        lines(try read(Array(text.utf8), limits: limits))
    }

    @Test(arguments: [
        ("a,b\n1,2\n", ["1:a|b", "2:1|2"]), ("a,b\r\n1,2", ["1:a|b", "2:1|2"]), ("a,b\r1,2\r", ["1:a|b", "2:1|2"]),
        ("a;b\n1,5;2\n", ["1:a|b", "2:1,5|2"]), ("a\tb\n1\t2\n", ["1:a|b", "2:1|2"]), ("a\n1\n", ["1:a", "2:1"]),
        ("\u{FEFF}a,b\n1,2\n", ["1:a|b", "2:1|2"]), ("a,b\n\"1,\"\"x\"\"\",2\n", ["1:a|b", "2:1,\"x\"|2"]),
        ("a,b\n\"one\r\ntwo\nthree\",2\n3,4\n", ["1:a|b", "2:one\r\ntwo\nthree|2", "5:3|4"]), ("a,b\n\n\n1,2\n\n", ["1:a|b", "4:1|2"]),
        ("\n\r\na,b\n1,2", ["3:a|b", "4:1|2"]), ("a,b\n5\" pipe,2", ["1:a|b", "2:5\" pipe|2"]), ("a,b\n,\n", ["1:a|b", "2:|"]),
        ("a,b,c\n1\n", ["1:a|b|c", "2:1"]), ("a,b\n1,2,\n", ["1:a|b", "2:1|2|"]), ("a\n\"\"\n", ["1:a", "2:"]),
        ("\"a;x\",b\n1,2\n", ["1:a;x|b", "2:1|2"]), ("a,b\nŁódź,東京\n", ["1:a|b", "2:Łódź|東京"]), ("a,b", ["1:a|b"]),
        ("a,b\n1,", ["1:a|b", "2:1|"]),
    ])
    func `rows as RFC 4180 and its dialects have them`(text: String, rows: [String]) throws {
        #expect(try lines(text) == rows)
    }

    @Test func `a bad row is reported and the file goes on`() throws {
        #expect(try lines("a,b\n\"1\"x,2\n3,4\n") == ["1:a|b", "2!textAfterQuote", "3:3|4"])
        #expect(try lines("a,b\n1,2,3\n3,4\n") == ["1:a|b", "2!moreThanHeader(columns: 2)", "3:3|4"])
        let limits = CSVReader.Limits(rowBytes: 20, columns: 3)
        #expect(try lines("a,b,c\n1,2,3,4\n5,6,7\n", limits: limits) == ["1:a|b|c", "2!tooManyColumns(limit: 3)", "3:5|6|7"])
        #expect(
            try lines("a,b\n\(String(repeating: "x", count: 30)),2\n3,4\n", limits: limits) == ["1:a|b", "2!tooLong(limit: 20)", "3:3|4"]
        )
    }

    @Test func `a quote that never closes is reported with its line`() throws {
        #expect(try lines("a,b\n1,2\n3,\"4\n5,6\n7,8\n") == ["1:a|b", "2:1|2", "3!unterminatedQuote(line: 3, through: 6)"])
        let limits = CSVReader.Limits(rowBytes: 12, columns: 3)
        #expect(
            try lines("a,b\n3,\"4\n5,6\n7,8\n9,9\n1,2\n", limits: limits) == ["1:a|b", "2!unterminatedQuote(line: 2, through: 5)", "6:1|2"]
        )
    }

    @Test func `a file in another encoding is refused with its first bad line`() {
        func refusal(_ bytes: [UInt8]) -> CSVRefusal? {
            do { _ = try read(bytes) } catch { return error as? CSVRefusal }
            return nil
        }
        let utf16 = "a,b\n1,2\n".utf16
        #expect(refusal([0xFF, 0xFE] + utf16.flatMap { [UInt8($0), 0] }) == .utf16)
        #expect(refusal([0xFE, 0xFF] + utf16.flatMap { [0, UInt8($0)] }) == .utf16)
        #expect(refusal(utf16.flatMap { [UInt8($0), 0] }) == .nul(line: 1))
        #expect(refusal(Array("a,b\n1,2\nJos".utf8) + [0xE9] + Array(",3\n".utf8)) == .notUTF8(line: 3))
        #expect(refusal(Array("a,b\n1,".utf8) + [0xC3] + Array(",".utf8)) == .notUTF8(line: 2))
        #expect(refusal(Array("a,b\n1,\0\n".utf8)) == .nul(line: 2))
        #expect(refusal(Array("a,b\n1,\"\n\0\"\n".utf8)) == .nul(line: 3))
        #expect(refusal([]) == .empty)
        #expect(refusal(Array("\n\r\n\n".utf8)) == .empty)
        #expect(refusal(Array("\u{FEFF}".utf8)) == .empty)
        #expect(refusal(Array(repeating: 0x61, count: 70_000)) == .headerTooLong(limit: 65_536))
    }

    @Test func `a refused file stays refused`() throws {
        var reader = CSVReader()
        #expect(throws: CSVRefusal.utf16) { try reader.feed([0xFF, 0xFE, 0x0A, 0x00, 0x41, 0x00, 0x0A]) }
        #expect(throws: CSVRefusal.utf16) { try reader.feed(Array("a,b\n".utf8)) }
        #expect(throws: CSVRefusal.utf16) { try reader.finish() }
    }

    @Test(arguments: 0..<60)
    func `however the file is cut, the rows are the same`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 1)
        let words = ["a", "bb", "\"", "\"\"", ",", ",", ";", "\n", "\r\n", "\r", "é", "東", "x y", "\"q,\n\"", "0123456789", ""]
        var text = "one,two,three\n"
        for _ in 0..<400 { text += words[Int.random(in: 0..<words.count, using: &random)] }
        let bytes = Array(text.utf8)
        let limits = CSVReader.Limits(rowBytes: 40, columns: 5)
        let whole = try read(bytes, limits: limits)
        #expect(try read(bytes, piece: 1, limits: limits) == whole)
        var reader = CSVReader(limits: limits)
        var records: [CSVRecord] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...30, using: &random))
            records += try bytes[start..<end].withUnsafeBytes { try reader.feed($0) }
            start = end
        }
        #expect(try records + reader.finish() == whole)
    }

    @Test func `a phone number is read from a field without making text`() throws {
        guard case .row(let row)? = try read(Array("phone,name\n+4915112345678, Ana \n".utf8)).last else {
            Issue.record("not what was expected")
            return
        }
        let number = try row.withBytes(of: 0) { bytes throws(PhoneNumberRefusal) -> PhoneNumber in
            try PhoneNumber.parse(utf8: bytes, defaultRegion: nil)
        }
        #expect(number.e164 == "+4915112345678")
        #expect(row.trimmed(1) == "Ana")
        #expect(row.isEmpty(7))
        #expect(row.text(7) == "")
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
