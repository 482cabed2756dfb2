/// A missing member and `null` both mean nil; nil is written as a missing member.
extension Optional: WireValue where Wrapped: WireValue {
    public static var wireType: WireType { Wrapped.wireType }
    public static var absent: Self? { .some(nil) }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self {
        json == .null ? nil : try Wrapped.decode(json, reading)
    }
    public var encoded: JSONValue? { self?.encoded }
}

extension Array: WireValue where Element: WireValue {
    public static var wireType: WireType { .list(Element.wireType) }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self {
        guard case .array(let elements) = json else { throw .expected(wireType, got: json) }
        var values: Self = []
        values.reserveCapacity(elements.count)
        for (position, element) in elements.enumerated() {
            do { values.append(try Element.decode(element, reading)) } catch { throw error.inside(String(position)) }
        }
        return values
    }
    public var encoded: JSONValue? { .array(map(\.json)) }
}

/// Written in the order of the names, so that equal values are equal bytes.
extension Dictionary: WireValue where Key == String, Value == String {
    public static var wireType: WireType { .texts }
    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self {
        guard case .object(let object) = json else { throw .expected(wireType, got: json) }
        var values: Self = [:]
        for member in object.members {
            do { values[try String.decode(.string(member.key), reading)] = try String.decode(member.value, reading) } catch {
                throw error.inside(member.key)
            }
        }
        return values
    }
    public var encoded: JSONValue? {
        .object(JSONObject(sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }))
    }
}
