/// `GET /debug_token`: what a token is and may do (Meta's "Permissions", "Checking for granted permissions").
extension Platform {
    func tokenNode(_ request: HTTPRequest, _ caller: Caller) throws(GraphError) -> JSON {
        guard let value = request.query("input_token"), !value.isEmpty else { throw .required("input_token") }
        guard let token = caller.directory.tokens[value] else { return Self.invalid(.invalidToken, of: nil, caller.directory) }
        guard token.app == caller.token.app else { throw .foreignToken }
        if token.isRevoked { return Self.invalid(.revokedToken, of: token, caller.directory) }
        if token.isExpired || caller.knobs.tokenExpired { return Self.invalid(.expiredToken, of: token, caller.directory) }
        let scopes = token.scopes.map { JSON.string($0) }
        let targets = JSON.array(token.accounts.map { .string($0) })
        let granular = token.scopes.filter { $0.hasPrefix("whatsapp_") }.map { scope -> JSON in
            ["scope": .string(scope), "target_ids": targets]
        }
        return [
            "data": [
                "app_id": .string(token.app), "type": .string(token.type),
                "application": .string(caller.directory.apps[token.app]?.name ?? ""), "data_access_expires_at": 0,
                "expires_at": .number(String(token.expiresAt)), "is_valid": true, "issued_at": 1_794_000_000, "scopes": .array(scopes),
                "granular_scopes": .array(granular), "user_id": "122094771230005",
            ]
        ]
    }

    private static func invalid(_ error: GraphError, of token: AccessToken?, _ directory: Directory) -> JSON {
        var node: JSON = [
            "error": ["code": .number(String(error.code)), "message": .string(error.message)], "is_valid": false, "scopes": [],
        ]
        if let subcode = error.subcode {
            node = node.replacing(
                "error",
                with: [
                    "code": .number(String(error.code)), "message": .string(error.message), "subcode": .number(String(subcode)),
                ]
            )
        }
        guard let token else { return ["data": node] }
        node = node.replacing("app_id", with: .string(token.app)).replacing("type", with: .string(token.type))
        return ["data": node.replacing("application", with: .string(directory.apps[token.app]?.name ?? ""))]
    }
}
