/// News of templates, numbers and accounts. Nil when the shape is another: the change is then kept as it came.
enum BusinessReader {
    private struct Name {
        var id: String
        var name: String
        var language: String

        init?(_ value: JSONValue) {
            guard let id = value["message_template_id"]?.text, let name = value["message_template_name"]?.string,
                let language = value["message_template_language"]?.string
            else { return nil }
            self.id = id
            self.name = name
            self.language = String(language.map { $0 == "-" ? "_" : $0 })
        }
    }

    static func templateStatus(_ value: JSONValue) -> WebhookChange.Content? {
        guard let template = Name(value), let event = value["event"]?.string else { return nil }
        return .templateStatus(
            TemplateStatusUpdate(
                event: event,
                templateID: template.id,
                name: template.name,
                language: template.language,
                reason: value["reason"]?.string,
                title: value["other_info"]?["title"]?.string
            )
        )
    }

    static func templateQuality(_ value: JSONValue) -> WebhookChange.Content? {
        guard let template = Name(value), let current = value["new_quality_score"]?.string else { return nil }
        return .templateQuality(
            TemplateQualityUpdate(
                templateID: template.id,
                name: template.name,
                language: template.language,
                previous: value["previous_quality_score"]?.string,
                current: current
            )
        )
    }

    static func templateCategory(_ value: JSONValue) -> WebhookChange.Content? {
        guard let template = Name(value), let current = value["new_category"]?.string else { return nil }
        return .templateCategory(
            TemplateCategoryUpdate(
                templateID: template.id,
                name: template.name,
                language: template.language,
                previous: value["previous_category"]?.string,
                current: current,
                correct: value["correct_category"]?.string
            )
        )
    }

    static func phoneQuality(_ value: JSONValue) -> WebhookChange.Content? {
        guard let event = value["event"]?.string else { return nil }
        let limit = value["max_daily_conversations_per_business"]?.text ?? value["current_limit"]?.text
        return .phoneQuality(PhoneQualityUpdate(event: event, limit: limit))
    }

    static func account(_ value: JSONValue) -> WebhookChange.Content? {
        guard let event = value["event"]?.string else { return nil }
        let restrictions = (value["restriction_info"]?.elements ?? []).compactMap { info in
            info["restriction_type"]?.string.map {
                AccountUpdate.Restriction(type: $0, until: info["expiration"]?.int.flatMap(WebhookTime.seconds))
            }
        }
        return .account(
            AccountUpdate(
                event: event,
                restrictions: restrictions,
                banState: value["ban_info"]?["waba_ban_state"]?.string,
                json: value.rawText
            )
        )
    }
}
