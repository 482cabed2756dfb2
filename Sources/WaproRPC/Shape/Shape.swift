/// A value with named fields on the wire.
public protocol Wire: WireValue {
    static var shape: Shape<Self> { get }
}

/// The fields of a type, named once; both directions, schema, help and command line are read off them.
///
/// The maker and the fields are tied by the compiler in number and types. Two fields of one type in swapped order would still
/// compile: a law over the whole catalogue catches that (`CatalogueLaws`).
public struct Shape<Root>: Sendable {
    /// In declared order, which is the order of positional parameters.
    public let fields: [FieldInfo]
    let decode: @Sendable (JSONObject, Reading) throws(Mismatch) -> Root
    let encode: @Sendable (Root) -> JSONObject

    /// `Shape(Self.init, Field("name", \.name, "Its name."), …)`
    public init<each Value: WireValue>(_ make: @escaping @Sendable (repeat each Value) -> Root, _ field: repeat Field<Root, each Value>) {
        var fields: [FieldInfo] = []
        repeat fields.append((each field).info)
        self.fields = fields
        decode = { (object: JSONObject, reading: Reading) throws(Mismatch) -> Root in
            make(repeat try (each field).read(object, reading))
        }
        encode = { root in
            var object = JSONObject()
            repeat (each field).write(root, &object)
            return object
        }
    }
}

extension Wire {
    // Not `String(describing:)`, which looks for conformances first, through all of the program.
    public static var wireType: WireType { .object(name: _typeName(Self.self, qualified: false), fields: shape.fields) }

    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self {
        guard case .object(let object) = json else { throw .expected(wireType, got: json) }
        let shape = Self.shape
        if reading == .strict, let stranger = object.keys.first(where: { key in !shape.fields.contains { $0.name == key } }) {
            let names = shape.fields.map(\.name)
            let meant = Suggestion.nearest(to: stranger, among: names).map { "Did you mean \($0)?" }
            let known = names.isEmpty ? "It takes none." : "It takes \(names.joined(separator: ", "))."
            throw Mismatch("is not a known parameter", path: [stranger], hint: meant ?? known)
        }
        return try shape.decode(object, reading)
    }

    public var encoded: JSONValue? { .object(Self.shape.encode(self)) }
}
