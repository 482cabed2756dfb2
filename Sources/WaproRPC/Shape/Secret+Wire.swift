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

extension WireType {
    /// An object, or parameters by position, with a dash in the place of each secret: a secret is kept nowhere but where it belongs, also not
    /// as a digest, from which a password could be guessed.
    public func blanked(_ json: JSONValue) -> JSONValue {
        guard case .object(_, let fields) = self else { return json }
        switch json {
        case .object(let object):
            let secrets = Set(fields.filter(\.type.isSecret).map(\.name))
            guard !secrets.isEmpty else { return json }
            return .object(
                JSONObject(object.members.map { JSONObject.Member(key: $0.key, value: secrets.contains($0.key) ? "-" : $0.value) })
            )
        case .array(let values):
            return .array(values.enumerated().map { fields.indices.contains($0) && fields[$0].type.isSecret ? "-" : $1 })
        default: return json
        }
    }
}
