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
    /// Whether an object of this type has a secret in it.
    public var hasSecrets: Bool { if case .object(_, let fields) = self { fields.contains(where: \.type.isSecret) } else { false } }

    /// An object with a dash in the place of each secret: a secret is kept nowhere but where it belongs, also not as a digest, from which a
    /// password could be guessed.
    public func blanked(_ json: JSONValue) -> JSONValue {
        guard case .object(_, let fields) = self, case .object(let object) = json else { return json }
        let secrets = Set(fields.filter(\.type.isSecret).map(\.name))
        guard !secrets.isEmpty else { return json }
        return .object(
            JSONObject(object.members.map { JSONObject.Member(key: $0.key, value: secrets.contains($0.key) ? "-" : $0.value) })
        )
    }
}
