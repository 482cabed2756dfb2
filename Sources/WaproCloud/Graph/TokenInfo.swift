public import WaproCore

/// What Meta says of an access token (`debug_token`).
public struct TokenInfo: Sendable, Hashable {
    /// What the Cloud API wants of a token: to send, and to read the account.
    public static let needed = ["whatsapp_business_messaging", "whatsapp_business_management"]

    public var isValid: Bool
    /// `SYSTEM_USER`, `USER` and others.
    public var type: String?
    /// The app that it was made for.
    public var appID: String?
    /// Nil for one that does not expire.
    public var expiresAt: Timestamp?
    public var scopes: Set<String>
    /// The accounts that a scope is bound to; a scope that is not here is bound to none.
    public var targets: [String: Set<String>]

    public init(
        isValid: Bool,
        type: String? = nil,
        appID: String? = nil,
        expiresAt: Timestamp? = nil,
        scopes: Set<String> = [],
        targets: [String: Set<String>] = [:]
    ) {
        self.isValid = isValid
        self.type = type
        self.appID = appID
        self.expiresAt = expiresAt
        self.scopes = scopes
        self.targets = targets
    }

    /// What it needs and has not.
    public var missingScopes: [String] { Self.needed.filter { !scopes.contains($0) } }

    /// What it has, but not for this WhatsApp Business Account.
    public func scopesElsewhere(than account: String) -> [String] {
        Self.needed.filter { scope in scopes.contains(scope) && targets[scope].map { !$0.contains(account) } ?? false }
    }

    /// Nil for what is no such description.
    init?(_ value: JSONValue) {
        guard let isValid = value["is_valid"]?.bool else { return nil }
        let expiry = value["expires_at"]?.int ?? 0
        let granular = (value["granular_scopes"]?.elements ?? []).compactMap { element -> (String, Set<String>)? in
            guard let scope = element["scope"]?.string, let ids = element["target_ids"]?.elements, !ids.isEmpty else { return nil }
            return (scope, Set(ids.compactMap(\.text)))
        }
        self.init(
            isValid: isValid,
            type: value["type"]?.string,
            appID: value["app_id"]?.text,
            expiresAt: expiry > 0 ? Timestamp(milliseconds: min(expiry, 253_402_300_799) * 1000) : nil,
            scopes: Set((value["scopes"]?.elements ?? []).compactMap(\.string)),
            targets: Dictionary(granular) { $0.union($1) }
        )
    }
}
