import NIOCore

/// Which app gets whose webhooks, and where (whatsapp-cloud-api, "WABA and webhooks subscription").
extension Platform {
    /// `GET /{account}/subscribed_apps`.
    static func subscribers(of account: Account, _ directory: Directory) -> JSON {
        ["data": .array(directory.world.apps.filter { $0.accounts.contains(account.id) }.map { subscriber($0, of: account.id) })]
    }

    private static func subscriber(_ app: App, of account: String) -> JSON {
        let node: JSON = [
            "whatsapp_business_api_data": [
                "id": .string(app.id), "name": .string(app.name),
                "link": .string("https://www.facebook.com/games/?app_id=\(app.id)"),
            ]
        ]
        return app.overrides[account].map { node.replacing("override_callback_uri", with: .string($0)) } ?? node
    }

    /// `GET /{app}/subscriptions`, for the app itself.
    func subscriptions(of app: App, _ caller: Caller) throws(GraphError) -> JSON {
        guard caller.isApp, caller.token.app == app.id else { throw .needsAppToken }
        guard !app.callback.isEmpty else { return ["data": []] }
        let fields = ["messages", "message_template_status_update", "account_update", "phone_number_quality_update"]
        return [
            "data": [
                [
                    "object": "whatsapp_business_account", "callback_url": .string(app.callback), "active": true,
                    "fields": .array(fields.map { ["name": .string($0), "version": "v25.0"] }),
                ]
            ]
        ]
    }

    /// `POST /{account}/subscribed_apps`: with a callback of its own, Meta calls that first and wants its challenge back.
    func subscribe(_ request: HTTPRequest, _ caller: Caller, _ reply: Reply) throws(GraphError) {
        let account = request.path[1]
        guard caller.directory.accounts[account] != nil, caller.may(account), let app = caller.directory.apps[caller.token.app] else {
            throw .unknownObject(account, method: "post")
        }
        let body = request.json ?? .object([])
        guard let text = body["override_callback_uri"]?.string, !text.isEmpty else {
            keep(app: app.id, of: account, override: nil)
            return reply.answer(Answer(json: ["success": true]))
        }
        guard text.utf8.count <= 200, let url = CallbackURL(text), let token = body["verify_token"]?.string else {
            throw .required("override_callback_uri and verify_token")
        }
        let handshake = Handshake(
            url: url,
            verifyToken: token,
            challenge: String(serial() % 10_000_000_000),
            timeout: .milliseconds(Int64(caller.knobs.callbackTimeoutMilliseconds)),
            group: group
        )
        handshake.perform().whenComplete { result in
            switch result {
            case .success(true):
                self.keep(app: app.id, of: account, override: text)
                let subscriber = self.directory.apps[app.id].map { Self.subscriber($0, of: account) } ?? .null
                reply.answer(Answer(json: ["success": true, "data": .array([subscriber])]))
            case .success(false): self.refuse(.unverified("the challenge did not come back."), reply)
            case .failure: self.refuse(.unverified("the URL could not be reached."), reply)
            }
        }
    }

    private func keep(app id: String, of account: String, override: String?) {
        updateWorld { world in
            guard let index = world.apps.firstIndex(where: { $0.id == id }) else { return }
            if !world.apps[index].accounts.contains(account) { world.apps[index].accounts.append(account) }
            world.apps[index].overrides[account] = override
        }
    }
}
