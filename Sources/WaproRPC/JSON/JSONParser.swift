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
    /// An array or object that is still open. It grows where it lies on the stack: taken off for each value, it would be copied each time,
    /// and a long list would take time by the square of its length.
    private struct Open {
        /// The key whose value is next; nil in an array.
        var key: String?
        var elements: [JSONValue] = []
        var object: JSONObject = [:]
        var seen: Set<String> = []

        mutating func append(_ value: JSONValue) -> Bool {
            guard let key else {
                elements.append(value)
                return true
            }
            guard isNew(key) else { return false }
            object.append(key, value)
            return true
        }

        /// Most objects have a few members, and a few are looked through faster than hashed.
        private mutating func isNew(_ key: String) -> Bool {
            if object.members.count < 8 { return !object.members.contains { $0.key == key } }
            if seen.isEmpty { seen = Set(object.keys) }
            return seen.insert(key).inserted
        }
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
            stack.append(Open())
            return nil
        case UInt8(ascii: "{"):
            try open()
            if take(UInt8(ascii: "}")) { return .object([:]) }
            stack.append(Open(key: try key()))
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
        while !stack.isEmpty {
            skipSpace()
            let top = stack.count - 1
            guard stack[top].append(value) else { throw flaw("a key that comes twice in one object") }
            let isArray = stack[top].key == nil
            if take(UInt8(ascii: ",")) {
                skipSpace()
                if isArray {
                    if current == UInt8(ascii: "]") { throw flaw("a comma before the closing bracket") }
                } else {
                    if current == UInt8(ascii: "}") { throw flaw("a comma before the closing brace") }
                    stack[top].key = try key()
                }
                return nil
            }
            guard take(UInt8(ascii: isArray ? "]" : "}")) else {
                throw flaw("a comma or a closing \(isArray ? "bracket" : "brace") is expected here")
            }
            let closed = stack.removeLast()
            value = isArray ? .array(closed.elements) : .object(closed.object)
        }
        return value
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
