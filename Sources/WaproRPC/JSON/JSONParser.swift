extension JSONValue {
    /// Reads exactly one JSON text: RFC 8259 to the letter, and no more than `limits` allow.
    ///
    /// Refused besides what the grammar refuses: a byte order mark, ill-formed UTF-8, halves of surrogate pairs, numbers that no
    /// `Double` can hold, and a key that comes twice in one object (canonically equivalent keys are the same key). Hostile depth
    /// costs nothing: the parser keeps its own stack.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONFlaw) -> JSONValue {
        var parser = JSONParser(bytes: bytes, limits: limits)
        return try parser.document()
    }

    /// The same for a text at hand.
    public static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONFlaw) -> JSONValue {
        try parse(Array(text.utf8), limits: limits)
    }
}

/// Reads one document without recursion.
struct JSONParser {
    /// An array or object that is still open.
    private enum Open {
        case array([JSONValue])
        case object(JSONObject, seen: Set<String>, key: String)
    }

    let bytes: [UInt8]
    let limits: JSONLimits
    var index = 0
    private var stack: [Open] = []
    private var nodes = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONFlaw) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw flaw("a byte order mark, which JSON does not allow") }
        skipSpace()
        while true {
            // Here a value must begin.
            guard let value = try begin() else { continue }
            guard let whole = try place(value) else { continue }
            skipSpace()
            guard index == bytes.count else { throw flaw("something after the end of the JSON text") }
            return whole
        }
    }

    /// Reads a scalar or an empty container whole; nil when a container was opened and its first value is next.
    private mutating func begin() throws(JSONFlaw) -> JSONValue? {
        nodes += 1
        guard nodes <= limits.nodes else { throw flaw("more than \(limits.nodes) values in one text") }
        guard let byte = current else { throw flaw("the text ends where a value is expected") }
        switch byte {
        case UInt8(ascii: "["):
            try open()
            if take(UInt8(ascii: "]")) { return .array([]) }
            stack.append(.array([]))
            return nil
        case UInt8(ascii: "{"):
            try open()
            if take(UInt8(ascii: "}")) { return .object([:]) }
            let key = try self.key()
            stack.append(.object([:], seen: [], key: key))
            return nil
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw flaw("a value is expected here")
        }
    }

    /// Puts a finished value where it belongs and closes what ends with it; the document when nothing is open any more.
    private mutating func place(_ value: JSONValue) throws(JSONFlaw) -> JSONValue? {
        var value = value
        while let top = stack.popLast() {
            skipSpace()
            switch top {
            case .array(var elements):
                elements.append(value)
                if take(UInt8(ascii: ",")) {
                    skipSpace()
                    if current == UInt8(ascii: "]") { throw flaw("a comma before the closing bracket") }
                    stack.append(.array(elements))
                    return nil
                }
                guard take(UInt8(ascii: "]")) else { throw flaw("a comma or a closing bracket is expected here") }
                value = .array(elements)
            case .object(var object, var seen, let key):
                guard Self.isNew(key, in: object, &seen) else { throw flaw("a key that comes twice in one object") }
                object.append(key, value)
                if take(UInt8(ascii: ",")) {
                    skipSpace()
                    if current == UInt8(ascii: "}") { throw flaw("a comma before the closing brace") }
                    let next = try self.key()
                    stack.append(.object(object, seen: seen, key: next))
                    return nil
                }
                guard take(UInt8(ascii: "}")) else { throw flaw("a comma or a closing brace is expected here") }
                value = .object(object)
            }
        }
        return value
    }

    /// Most objects have a few members, and a few are looked through faster than hashed.
    private static func isNew(_ key: String, in object: JSONObject, _ seen: inout Set<String>) -> Bool {
        if object.members.count < 8 { return !object.members.contains { $0.key == key } }
        if seen.isEmpty { seen = Set(object.keys) }
        return seen.insert(key).inserted
    }

    private mutating func open() throws(JSONFlaw) {
        guard stack.count < limits.depth else { throw flaw("more than \(limits.depth) lists and objects inside each other") }
        index += 1
        skipSpace()
    }

    private mutating func key() throws(JSONFlaw) -> String {
        guard current == UInt8(ascii: "\"") else { throw flaw("a key in double quotes is expected here") }
        let key = try string()
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw flaw("a colon is expected after the key") }
        skipSpace()
        return key
    }
}

extension JSONParser {
    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    func flaw(_ words: String, at offset: Int? = nil) -> JSONFlaw {
        JSONFlaw(offset: offset ?? index, words: words)
    }
}
