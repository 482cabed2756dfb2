public import WaproCore

extension Secret: WireValue {
    /// In characters. Meta's access tokens have some 200 today, and no bound that it documents.
    static let longest = 4096

    public static var wireType: WireType { .secret }

    public static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Secret {
        guard case .string(let text) = json else { throw .expected(wireType, got: json) }
        guard (1...longest).contains(text.unicodeScalars.count) else { throw Mismatch("must be \(wireType.words)") }
        return Secret(text)
    }

    public var encoded: JSONValue? { .string(revealed) }
}

extension Method {
    /// Parameters, by name or by position, without those that must be kept nowhere: also not as a digest, from which a password could be
    /// guessed.
    public static func withoutSecrets(_ parameters: JSONValue) -> JSONValue {
        let fields = shape.fields
        switch parameters {
        case .object(let object):
            let names = Set(fields.filter(\.type.isSecret).map(\.name))
            return names.isEmpty ? parameters : .object(JSONObject(object.members.filter { !names.contains($0.key) }))
        case .array(let values):
            return .array(values.enumerated().map { fields.indices.contains($0) && fields[$0].type.isSecret ? .null : $1 })
        default: return parameters
        }
    }
}
