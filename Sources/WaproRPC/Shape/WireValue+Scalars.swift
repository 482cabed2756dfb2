public import WaproCore

/// 2^53: the largest whole number that every JSON reader keeps exactly.
private let exact: Int64 = 1 << 53

extension JSONValue {
    /// The whole number that it is: JSON Schema calls `1.0` and `1e0` an integer as well. Nil for what is none, and for one that is written so from
    /// 2^53 on, where it need not be the one that was meant.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let value): value
        case .decimal(let value): value.magnitude < Double(exact) ? Int64(exactly: value) : nil
        default: nil
        }
    }
}

extension Bool: WireValue {
    public static var wireType: WireType { .bool }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Bool {
        guard case .bool(let value) = json else { throw .expected(wireType, got: json) }
        return value
    }
    public var encoded: JSONValue? { .bool(self) }
}

extension Int: WireValue {
    public static var wireType: WireType { .integer(nil) }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Int {
        guard let value = json.wholeNumber else { throw .expected(wireType, got: json) }
        guard value.magnitude <= exact.magnitude else { throw Mismatch("must not be larger than \(exact)") }
        return Int(value)
    }
    public var encoded: JSONValue? { .integer(Int64(self)) }
}

extension Int64: WireValue {
    public static var wireType: WireType { .longInteger }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Int64 {
        if let value = json.wholeNumber { return value }
        guard case .string(let text) = json else { throw .expected(wireType, got: json) }
        guard let value = Int64(text) else { throw Mismatch("must be \(wireType.words)") }
        return value
    }
    public var encoded: JSONValue? { magnitude <= exact.magnitude ? .integer(self) : .string(String(self)) }
}

extension Double: WireValue {
    public static var wireType: WireType { .decimal }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Double {
        switch json {
        case .integer(let value): return Double(value)
        case .decimal(let value): return value
        default: throw .expected(wireType, got: json)
        }
    }
    public var encoded: JSONValue? { .decimal(self) }
}

extension String: WireValue {
    public static var wireType: WireType { .text(nil) }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> String {
        guard case .string(let value) = json else { throw .expected(wireType, got: json) }
        // Much of what reads texts ends at it, so two texts could be one.
        guard reading == .tolerant || !value.utf8.contains(0) else { throw Mismatch("must not have a NUL character in it") }
        return value
    }
    public var encoded: JSONValue? { .string(self) }
}

extension Timestamp: WireValue {
    public static var wireType: WireType { .timestamp }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Timestamp {
        guard case .string(let text) = json else { throw .expected(wireType, got: json) }
        guard let value = Timestamp(rfc3339: text) else { throw Mismatch("must be \(wireType.words)") }
        return value
    }
    public var encoded: JSONValue? { .string(description) }
}

extension Identifier: WireValue {
    public static var wireType: WireType { .identifier(prefix: Kind.prefix) }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self {
        guard case .string(let text) = json else { throw .expected(wireType, got: json) }
        guard let value = Self(text) else { throw Mismatch("must be \(wireType.words)") }
        return value
    }
    public var encoded: JSONValue? { .string(description) }
}

extension JSONValue: WireValue {
    public static var wireType: WireType { .json }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> JSONValue { json }
    public var encoded: JSONValue? { self }
}
