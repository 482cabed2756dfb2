/// Reading: `GET /{id}` and `GET /{account}/{edge}`.
extension Platform {
    func node(_ request: HTTPRequest, _ caller: Caller) throws(GraphError) -> JSON {
        let id = request.path[1]
        let edge = request.path.count > 2 ? request.path[2] : nil
        if id == "debug_token", edge == nil { return try tokenNode(request, caller) }
        if let app = caller.directory.apps[id], edge == "subscriptions" { return try subscriptions(of: app, caller) }
        let fields = request.query("fields").map(Self.fieldNames)
        if let account = caller.directory.accounts[id], caller.may(id) {
            switch edge {
            case nil:
                return try Self.select(
                    accountNode(account, caller),
                    fields ?? ["id", "name", "currency", "timezone_id", "message_template_namespace"],
                    type: "WhatsAppBusinessAccount"
                )
            case "message_templates": return try TemplateList(request: request, account: account).page(fields)
            case "phone_numbers": return try numbers(of: account, fields, caller)
            case "subscribed_apps": return Self.subscribers(of: account, caller.directory)
            case let edge?: throw Self.noField(edge, type: "WhatsAppBusinessAccount")
            }
        }
        if let number = caller.directory.numbers[id], caller.may(number.account.id) {
            if edge == "message_history" {
                return try MessageHistory(request: request, number: number, platform: self, directory: caller.directory).page()
            }
            guard edge == nil else { throw Self.noField(edge ?? "", type: "WhatsAppBusinessPhoneNumber") }
            let byDefault = ["verified_name", "code_verification_status", "display_phone_number", "quality_rating", "id"]
            return try Self.select(
                numberNode(number.number, of: number.account.id, caller),
                fields ?? byDefault,
                type: "WhatsAppBusinessPhoneNumber"
            )
        }
        if let (account, template) = caller.directory.template(id: id), caller.may(account.id), edge == nil {
            return try Self.select(template.node, fields ?? TemplateList.defaultFields, type: "WhatsAppMessageTemplate")
        }
        throw .unknownObject(id, method: "get")
    }

    /// The names of `fields=a,b{c},d`: what is in braces belongs to the one before.
    static func fieldNames(_ text: String) -> [String] {
        var names: [String] = []
        var name = ""
        var depth = 0
        for character in text + "," {
            switch character {
            case "{", "(": depth += 1
            case "}", ")": depth -= 1
            case "," where depth == 0:
                if !name.isEmpty { names.append(name) }
                name = ""
            case _ where depth == 0 && character != " ": name.append(character)
            default: break
            }
        }
        return names
    }

    static func noField(_ name: String, type: String) -> GraphError {
        GraphError(status: 400, code: 100, message: "(#100) Tried accessing nonexisting field (\(name)) on node type (\(type))")
    }

    /// Fields that nodes have and that are left out when they are not set.
    private static let unsetFields: Set<String> = [
        "previous_category", "correct_category", "sub_category", "rejection_info", "message_send_ttl_seconds", "library_template_name",
        "source",
        "cta_url_link_tracking_opted_out", "last_updated_time", "quality_score", "rejected_reason", "new_name_status", "certificate",
        "username",
        "messaging_limit_tier", "webhook_configuration", "is_enabled_for_insights", "primary_business_location", "search_visibility",
        "marketing_messages_onboarding_status", "marketing_messages_lite_api_status", "owner_business_info", "on_behalf_of_business_info",
    ]

    static func select(_ node: JSON, _ fields: [String], type: String) throws(GraphError) -> JSON {
        for field in fields where node[field] == nil && !unsetFields.contains(field) { throw noField(field, type: type) }
        return node.only(fields.contains("id") ? fields : fields + ["id"])
    }

    private func numbers(of account: Account, _ fields: [String]?, _ caller: Caller) throws(GraphError) -> JSON {
        let byDefault = [
            "verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type", "throughput",
            "last_onboarded_time", "webhook_configuration", "id",
        ]
        var items: [JSON] = []
        for number in account.numbers {
            items.append(
                try Self.select(numberNode(number, of: account.id, caller), fields ?? byDefault, type: "WhatsAppBusinessPhoneNumber")
            )
        }
        guard !items.isEmpty else { return ["data": []] }
        return ["data": .array(items), "paging": ["cursors": ["before": "QVFIUa", "after": "QVFIUb"]]]
    }

    private func numberNode(_ number: PhoneNumber, of account: String, _ caller: Caller) -> JSON {
        let app = caller.directory.apps[caller.token.app]
        let callback = app?.callback ?? ""
        let node: JSON = [
            "id": .string(number.id), "display_phone_number": .string(number.display), "verified_name": .string(number.verifiedName),
            "quality_rating": .string(number.quality), "code_verification_status": "VERIFIED", "platform_type": "CLOUD_API",
            "throughput": ["level": .string(number.throughput.rawValue)],
            "status": .string(number.isRegistered ? number.status : "DISCONNECTED"), "name_status": "APPROVED", "account_mode": "LIVE",
            "is_official_business_account": false, "is_on_biz_app": false, "is_pin_enabled": true,
            "whatsapp_business_manager_messaging_limit": .string(caller.directory.world.portfolio.messagingLimit),
            "last_onboarded_time": "2026-03-02T10:11:12+0000",
            "quality_score": ["score": .string(number.quality)],
            "health_status": [
                "can_send_message": .string(number.isRegistered ? "AVAILABLE" : "BLOCKED"),
                "entities": [
                    [
                        "entity_type": "PHONE_NUMBER", "id": .string(number.id),
                        "can_send_message": .string(number.isRegistered ? "AVAILABLE" : "BLOCKED"),
                    ]
                ],
            ],
        ]
        var configured = [JSON.Member(name: "application", value: .string(callback))]
        if let override = app?.overrides[account] { configured.append(.init(name: "whatsapp_business_account", value: .string(override))) }
        return callback.isEmpty && configured.count == 1 ? node : node.replacing("webhook_configuration", with: .object(configured))
    }

    private func accountNode(_ account: Account, _ caller: Caller) -> JSON {
        let limit = caller.directory.world.portfolio.messagingLimit
        return [
            "id": .string(account.id), "name": .string(account.name), "currency": .string(account.currency),
            "timezone_id": .string(account.timezoneID), "message_template_namespace": "3f0f2a1c_0000_4000_8000_example0001",
            "account_review_status": "APPROVED", "business_verification_status": "verified", "ownership_type": "SELF",
            "country": .string(account.country), "status": .string(account.isLocked ? "DISABLED" : "ACTIVE"),
            "whatsapp_business_manager_messaging_limit": .string(limit),
            "health_status": ["can_send_message": .string(account.isLocked ? "BLOCKED" : "AVAILABLE"), "entities": []],
        ]
    }
}
