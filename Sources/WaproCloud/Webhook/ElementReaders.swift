extension InboundMessage {
    init(_ value: JSONValue) throws(Missing) {
        id = try value.need("id")
        type = try value.need("type")
        at = try value.needTime()
        userID = value["from_user_id"]?.string
        parentUserID = value["from_parent_user_id"]?.string
        from = value["from"]?.text
        // A user id has been seen in the place of the phone number.
        if let sender = from, !sender.utf8.allSatisfy({ (48...57).contains($0) }) {
            userID = userID ?? sender
            from = nil
        }
        guard from != nil || userID != nil else { throw Missing("from or from_user_id") }
        groupID = value["group_id"]?.text
        context = value["context"].map(Context.init)
        let node = value[named: type]
        self.node = node?.rawText
        text = type == "text" ? node?["body"]?.string : node?["caption"]?.string
        reply = node.flatMap { Reply(type: value["type"]?.string ?? "", $0) }
        referral = value["referral"]?.rawText
        errors = value.errors
    }
}

extension InboundMessage.Context {
    init(_ value: JSONValue) {
        id = value["id"]?.string
        from = value["from"]?.text
        isForwarded = value["forwarded"]?.bool ?? false
        isFrequentlyForwarded = value["frequently_forwarded"]?.bool ?? false
        referredProduct = value["referred_product"]?.rawText
    }
}

extension InboundMessage.Reply {
    init?(type: String, _ node: JSONValue) {
        if type == "button" {
            let label = node["text"]?.string ?? ""
            self = .templateButton(payload: node["payload"]?.string ?? label, label: label)
        } else if let button = node["button_reply"], let id = button["id"]?.string {
            self = .button(id: id, title: button["title"]?.string ?? "")
        } else if let row = node["list_reply"], let id = row["id"]?.string {
            self = .listRow(id: id, title: row["title"]?.string ?? "")
        } else {
            return nil
        }
    }
}

extension MessageStatus {
    init(_ value: JSONValue) throws(Missing) {
        id = try value.need("id")
        at = try value.needTime()
        kind =
            switch try value.need("status") {
            case "sent": .sent
            case "delivered": .delivered
            case "read": .read
            case "played": .played
            case "failed": .failed
            case let other: .other(other)
            }
        recipientID = value["recipient_id"]?.text
        recipientUserID = value["recipient_user_id"]?.string
        isGroup = value["recipient_type"]?.string == "group"
        // The second spelling is that of one of Meta's samples.
        participantID = (value["recipient_participant_id"] ?? value["participant_recipient_id"])?.text
        participantUserID = value["recipient_participant_user_id"]?.string
        callbackData = value["biz_opaque_callback_data"]?.string
        pricing = value["pricing"].map { pricing in
            Pricing(type: pricing["type"]?.string, category: pricing["category"]?.string, model: pricing["pricing_model"]?.string)
        }
        errors = value.errors
    }
}

extension WebhookError {
    init(_ value: JSONValue) throws(Missing) {
        guard let code = value["code"]?.int else { throw Missing("code") }
        // Older ones have the details at the top.
        let details = value["error_data"]?["details"] ?? value["details"]
        self.init(code: Int(code), title: value["title"]?.string, details: details?.string)
    }
}

extension WebhookContact {
    init(_ value: JSONValue) {
        waID = value["wa_id"]?.text
        userID = value["user_id"]?.string
        parentUserID = value["parent_user_id"]?.string
        profileName = value["profile"]?["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        username = value["profile"]?["username"]?.string
    }
}

extension UserPreference {
    init(_ value: JSONValue) throws(Missing) {
        category = try value.need("category")
        self.value =
            switch try value.need("value") {
            case "stop": .stop
            case "resume": .resume
            case "signup": .signup
            case let other: .other(other)
            }
        at = try value.needTime()
        waID = value["wa_id"]?.text
        userID = value["user_id"]?.string
        guard waID != nil || userID != nil else { throw Missing("wa_id or user_id") }
    }
}
