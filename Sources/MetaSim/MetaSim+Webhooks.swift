import NIOCore

extension MetaSim {
    /// A person writes to the business. Returns the message's wamid; nil when the sender is no phone number or user id, or there is no
    /// such business number.
    @discardableResult
    public func sendInbound(_ message: InboundMessage) -> String? {
        platform.receive(message)
    }

    /// Posts a change of any field, such as `message_template_status_update`, to the apps of an account. `value` is JSON.
    /// Returns false when it is not JSON.
    @discardableResult
    public func sendChange(field: String, value: String, account: String = StandardWorld.accountID) -> Bool {
        guard let value = try? JSONParser.parse(value) else { return false }
        let change = JSONText.bytes(["value": value, "field": .string(field)])
        platform.post(.letter(Letter(.change(account: account, change), recipient: "", kind: field)), account: account, in: 0)
        return true
    }

    /// What became of the webhooks so far, over all apps.
    public var webhookCounts: WebhookCounts {
        platform.allCouriers.reduce(WebhookCounts()) { $0 + $1.counts }
    }

    /// Waits until every webhook that is due some time was answered 200 or given up.
    public func settled() async {
        for courier in platform.allCouriers { await courier.settled() }
    }

    /// The handshake that Meta makes when a callback is saved (whatsapp-cloud-api, "Verification"): true when each app's callback
    /// answers 200 with the challenge.
    public func verifyCallbacks() async -> Bool {
        let couriers = platform.allCouriers
        for courier in couriers {
            let handshake = Handshake(
                url: courier.url,
                verifyToken: courier.app.verifyToken,
                challenge: String(platform.serial() % 10_000_000_000),
                timeout: .milliseconds(Int64(knobs.callbackTimeoutMilliseconds)),
                group: courier.group
            )
            let isVerified = (try? await handshake.perform().get()) ?? false
            guard isVerified else { return false }
        }
        return !couriers.isEmpty
    }
}
