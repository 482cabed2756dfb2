/// Checks a text against RFC 8259 and indexes it in one pass, without recursion.
///
/// Stricter than the RFC where it leaves room: a key may come once, no byte order mark. Laxer in one thing: half of a surrogate pair is
/// let through, because a cut-off profile name must not make a whole webhook unreadable; it reads as U+FFFD.
struct JSONScanner {
    private typealias Node = JSONDocument.Node

    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var at = 0
    private var nodes: [Node] = []
    private var values = 0
    /// Containers that are open: their node.
    private var open: [Int] = []

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func scan() throws(JSONRefusal) -> [JSONDocument.Node] {
        guard !bytes.isEmpty else { throw JSONRefusal(reason: .empty, offset: 0) }
        guard bytes.count <= limits.bytes else { throw JSONRefusal(reason: .tooLarge, offset: limits.bytes) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw JSONRefusal(reason: .byteOrderMark, offset: 0) }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONRefusal(reason: .notUTF8, offset: error.byteOffsets.lowerBound)
        }
        nodes.reserveCapacity(min(bytes.count / 8 + 8, 2 * limits.values))
        repeat {
            // An opening bracket, when something follows it, asks for a value again.
            while try value() {}
            try close()
        } while !open.isEmpty
        skipSpace()
        guard at == bytes.count else { throw JSONRefusal(reason: .unexpected, offset: at) }
        return nodes
    }

    /// One value; of a container only its opening bracket. True when the container's first value follows.
    private mutating func value() throws(JSONRefusal) -> Bool {
        skipSpace()
        guard at < bytes.count else { throw JSONRefusal(reason: .unfinished, offset: at) }
        values += 1
        guard values <= limits.values else { throw JSONRefusal(reason: .tooManyValues, offset: at) }
        switch bytes[at] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard open.count < limits.depth else { throw JSONRefusal(reason: .tooDeep, offset: at) }
            let isObject = bytes[at] == UInt8(ascii: "{")
            open.append(nodes.count)
            append(isObject ? .object : .array, at, at + 1)
            at += 1
            skipSpace()
            let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if at < bytes.count, bytes[at] == closing { return false }
            if isObject { try key() }
            return true
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .true_)
        case UInt8(ascii: "f"): try word("false", .false_)
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
        return false
    }

    /// After a value: closes what ends here, and steps over the comma before the next one.
    private mutating func close() throws(JSONRefusal) {
        while let container = open.last {
            skipSpace()
            guard at < bytes.count else { throw JSONRefusal(reason: .unfinished, offset: at) }
            let isObject = nodes[container].kind == .object
            switch bytes[at] {
            case UInt8(ascii: ",") where nodes.count > container + 1:
                at += 1
                if isObject { try key() }
                return
            case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
                at += 1
                nodes[container].end = UInt32(at)
                nodes[container].next = UInt32(nodes.count)
                if isObject { try refuseDuplicates(container) }
                open.removeLast()
            default: throw JSONRefusal(reason: .unexpected, offset: at)
            }
        }
    }

    private mutating func key() throws(JSONRefusal) {
        skipSpace()
        guard at < bytes.count else { throw JSONRefusal(reason: .unfinished, offset: at) }
        guard bytes[at] == UInt8(ascii: "\"") else { throw JSONRefusal(reason: .unexpected, offset: at) }
        try string()
        skipSpace()
        guard at < bytes.count else { throw JSONRefusal(reason: .unfinished, offset: at) }
        guard bytes[at] == UInt8(ascii: ":") else { throw JSONRefusal(reason: .unexpected, offset: at) }
        at += 1
    }

    private mutating func string() throws(JSONRefusal) {
        let start = at
        var escaped = false
        at += 1
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                guard at - start <= limits.string else { throw JSONRefusal(reason: .stringTooLong, offset: start) }
                append(.string, start, at)
                nodes[nodes.count - 1].escaped = escaped
                return
            case UInt8(ascii: "\\"):
                escaped = true
                guard at + 1 < bytes.count else { throw JSONRefusal(reason: .unfinished, offset: at) }
                switch bytes[at + 1] {
                case UInt8(ascii: "u"):
                    guard at + 6 <= bytes.count, (2..<6).allSatisfy({ bytes[at + $0].hexDigit != nil }) else {
                        throw JSONRefusal(reason: .badString, offset: at)
                    }
                    at += 6
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
                    UInt8(ascii: "r"), UInt8(ascii: "t"):
                    at += 2
                default: throw JSONRefusal(reason: .badString, offset: at)
                }
            case ..<0x20: throw JSONRefusal(reason: .badString, offset: at)
            default: at += 1
            }
        }
        throw JSONRefusal(reason: .unfinished, offset: at)
    }

    private mutating func word(
        _ word: StaticString,
        _ kind: JSONDocument.Kind,
    ) throws(JSONRefusal) {
        guard at + word.utf8CodeUnitCount <= bytes.count,
            (0..<word.utf8CodeUnitCount).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] })
        else { throw JSONRefusal(reason: .unexpected, offset: at) }
        append(kind, at, at + word.utf8CodeUnitCount)
        at += word.utf8CodeUnitCount
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`, at most 32 characters.
    private mutating func number() throws(JSONRefusal) {
        let start = at
        _ = take("-", "-")
        let whole = at
        let count = digits()
        guard count > 0 else { throw JSONRefusal(reason: .unexpected, offset: start) }
        var good = count == 1 || bytes[whole] != UInt8(ascii: "0")
        if take(".", ".") { good = digits() > 0 && good }
        if take("e", "E") {
            _ = take("+", "-")
            good = digits() > 0 && good
        }
        guard good, at - start <= 32 else { throw JSONRefusal(reason: .badNumber, offset: start) }
        append(.number, start, at)
    }

    private mutating func digits() -> Int {
        let first = at
        while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
        return at - first
    }

    private mutating func take(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: one) || bytes[at] == UInt8(ascii: other) else { return false }
        at += 1
        return true
    }

    private mutating func append(_ kind: JSONDocument.Kind, _ start: Int, _ end: Int) {
        nodes.append(Node(start: UInt32(start), end: UInt32(end), next: UInt32(nodes.count + 1), kind: kind))
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 10 || bytes[at] == 13 || bytes[at] == 9 { at += 1 }
    }

    /// Small objects by comparing each pair, which allocates nothing; large ones by a set, so that hostile input stays linear.
    private func refuseDuplicates(_ object: Int) throws(JSONRefusal) {
        var keys: [Int] = []
        var index = object + 1
        while index < nodes[object].next {
            keys.append(index)
            index = Int(nodes[index + 1].next)
        }
        var seen: Set<String> = []
        for (position, key) in keys.enumerated() {
            let isNew =
                keys.count > 16
                ? seen.insert(JSONString.decode(bytes, nodes[key])).inserted
                : !keys[..<position].contains { JSONString.equal(bytes, nodes[$0], nodes[key]) }
            guard isNew else { throw JSONRefusal(reason: .duplicateKey, offset: Int(nodes[key].start)) }
        }
    }
}
