/// Meta's error envelope (whatsapp-cloud-api.md §1.3), as far as decisions need it.
struct MetaError {
    var code: Int
    var subcode: Int?
    var isTransient = false
    /// The app wants `appsecret_proof` and did not get a good one. Code 100 has no subcode for it: the only place where Meta's words decide.
    var namesAppSecretProof = false
    /// For people, not for logs: may name a template, a parameter or a person.
    var details: String?

    init(code: Int, subcode: Int? = nil) {
        self.code = code
        self.subcode = subcode
    }

    /// Nil when there is no code, which then is not Meta's envelope.
    init?(_ error: JSONValue) {
        guard let code = error["code"]?.int else { return nil }
        self.code = Int(code)
        subcode = error["error_subcode"]?.int.map(Int.init)
        isTransient = error["is_transient"]?.bool ?? false
        let message = error["message"]?.string ?? ""
        namesAppSecretProof = message.contains("appsecret_proof")
        let data = error["error_data"]
        // An object, a string, or absent; template errors speak to the user instead.
        details = error["error_user_msg"]?.string ?? data?["details"]?.string ?? data?.string ?? (message.isEmpty ? nil : message)
    }
}
