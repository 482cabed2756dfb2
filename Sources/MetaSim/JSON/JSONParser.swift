/// Reads one JSON text (RFC 8259). Strict: no comments, no trailing commas, valid UTF-8, at most 64 levels.
struct JSONParser {
    /// Where reading stopped making sense.
    struct Malformed: Error, Equatable {
        let offset: Int
    }

    static func parse(_ bytes: some Collection<UInt8>) throws(Malformed) -> JSON {
        let parsed = bytes.withContiguousStorageIfAvailable { run($0) } ?? Array(bytes).withUnsafeBufferPointer { run($0) }
        return try parsed.get()
    }

    static func parse(_ text: String) throws(Malformed) -> JSON {
        var text = text
        return try text.withUTF8 { run($0) }.get()
    }

    static func parse(_ bytes: UnsafeRawBufferPointer) throws(Malformed) -> JSON {
        try bytes.withMemoryRebound(to: UInt8.self) { run($0) }.get()
    }

    private static func run(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSON, Malformed> {
        Result { () throws(Malformed) in
            var parser = JSONParser(bytes: bytes)
            let value = try parser.value(depth: 0)
            parser.skipSpace()
            guard parser.at == bytes.count else { throw Malformed(offset: parser.at) }
            return value
        }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private var malformed: Malformed { Malformed(offset: at) }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSON {
        skipSpace()
        guard depth < 64, let byte = next else { throw malformed }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSON {
        at += 1
        var members: [JSON.Member] = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw malformed }
            members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Malformed) -> JSON {
        at += 1
        var items: [JSON] = []
        if take(UInt8(ascii: "]")) { return .array(items) }
        repeat { items.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed }
        return .array(items)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(Malformed) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw malformed }
            at += 1
        }
        return value
    }

    private mutating func number() throws(Malformed) -> JSON {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else { throw malformed }
        if next == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { throw malformed }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { throw malformed }
        }
        return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = at
        while let byte = next, byte >= 0x30, byte <= 0x39 { at += 1 }
        return at - start
    }

    private mutating func string() throws(Malformed) -> String {
        guard next == UInt8(ascii: "\"") else { throw malformed }
        at += 1
        let start = at
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        guard let stop = next else { throw malformed }
        if stop == UInt8(ascii: "\"") {
            let text = String(validating: bytes[start..<at], as: UTF8.self)
            guard let text else { throw malformed }
            at += 1
            return text
        }
        return try escapedString(Array(bytes[start..<at]))
    }

    private mutating func escapedString(_ prefix: [UInt8]) throws(Malformed) -> String {
        var out = prefix
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else { throw malformed }
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &out)
            case 0..<0x20:
                throw malformed
            default:
                out.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escape(into out: inout [UInt8]) throws(Malformed) {
        guard let byte = next else { throw malformed }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = UInt32(try hex())
            if scalar >= 0xD800, scalar < 0xDC00, next == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") {
                at += 2
                let low = UInt32(try hex())
                guard low >= 0xDC00, low < 0xE000 else { throw malformed }
                scalar = 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00)
            }
            guard let character = Unicode.Scalar(scalar) else { throw malformed }
            out.append(contentsOf: UTF8.encode(character)!)
        default: throw malformed
        }
    }

    private mutating func hex() throws(Malformed) -> UInt16 {
        guard at + 4 <= bytes.count, let value = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16) else {
            throw malformed
        }
        at += 4
        return value
    }
}
