/// One field of a shape, without its types: what schemas, help and the command line need.
public struct FieldInfo: Sendable {
    /// In `snake_case`.
    public let name: String
    public let type: WireType
    public let isRequired: Bool
    /// A sentence: what it is, its unit, what its absence means.
    public let doc: String

    public init(name: String, type: WireType, isRequired: Bool, doc: String) {
        (self.name, self.type, self.isRequired, self.doc) = (name, type, isRequired, doc)
    }
}

/// One field of `Root`: its name on the wire, where it lives, what it means.
public struct Field<Root, Value: WireValue>: Sendable {
    let info: FieldInfo
    private let path: any KeyPath<Root, Value> & Sendable
    private let check: @Sendable (Value) -> Bool

    public init(_ name: String, _ path: any KeyPath<Root, Value> & Sendable, _ doc: String) {
        self.init(name, path, doc, type: Value.wireType) { _ in true }
    }

    private init(
        _ name: String,
        _ path: any KeyPath<Root, Value> & Sendable,
        _ doc: String,
        type: WireType,
        check: @escaping @Sendable (Value) -> Bool
    ) {
        self.info = FieldInfo(name: name, type: type, isRequired: Value.absent == nil, doc: doc)
        self.path = path
        self.check = check
    }

    func read(_ object: JSONObject, _ reading: Reading) throws(Mismatch) -> Value {
        guard let json = object[info.name] else {
            guard let absent = Value.absent else { throw Mismatch("is missing", path: [info.name], hint: "It is: \(info.doc)") }
            return absent
        }
        do throws(Mismatch) {
            let value = try Value.decode(json, reading)
            if reading == .strict, !check(value) { throw Mismatch("must be \(info.type.words)") }
            return value
        } catch {
            throw error.inside(info.name)
        }
    }

    func write(_ root: Root, _ object: inout JSONObject) {
        if let json = root[keyPath: path].encoded { object.append(info.name, json) }
    }
}

extension Field where Value == Int {
    /// A whole number within bounds.
    public init(_ name: String, _ path: any KeyPath<Root, Int> & Sendable, _ doc: String, in range: ClosedRange<Int>) {
        self.init(name, path, doc, type: .integer(range)) { range.contains($0) }
    }
}

extension Field where Value == Int? {
    /// A whole number within bounds.
    public init(_ name: String, _ path: any KeyPath<Root, Int?> & Sendable, _ doc: String, in range: ClosedRange<Int>) {
        self.init(name, path, doc, type: .integer(range)) { value in value.map(range.contains) ?? true }
    }
}

extension Field where Value == String {
    /// A text with a bound on its length in characters.
    public init(_ name: String, _ path: any KeyPath<Root, String> & Sendable, _ doc: String, length: ClosedRange<Int>) {
        self.init(name, path, doc, type: .text(length)) { length.contains($0.unicodeScalars.count) }
    }
}

extension Field where Value == String? {
    /// A text with a bound on its length in characters.
    public init(_ name: String, _ path: any KeyPath<Root, String?> & Sendable, _ doc: String, length: ClosedRange<Int>) {
        self.init(name, path, doc, type: .text(length)) { value in value.map { length.contains($0.unicodeScalars.count) } ?? true }
    }
}
