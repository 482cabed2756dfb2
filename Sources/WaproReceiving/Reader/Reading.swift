import WaproCloud
import WaproCore
import WaproStore

/// A journaled body, read: what it says, and what in it could not be read.
struct Reading: Sendable {
    let entry: JournalID
    private(set) var updates: [Update] = []
    /// One sentence each, without personal data; not more than a few.
    private(set) var faults: [String] = []

    /// Faults that are kept: the first tell enough of a body that is broken throughout.
    private static let keptFaults = 5

    init(_ entry: JournalEntry) {
        self.entry = entry.id
        do {
            let payload = try WebhookPayload(entry.body)
            for change in payload.changes { add(change) }
            faults = payload.unreadable.prefix(Self.keptFaults).map { "\($0.path): \($0.reason)" }
            if payload.unreadable.count > Self.keptFaults { faults.append("\(payload.unreadable.count) parts in all") }
        } catch {
            faults = ["\(error)"]
        }
    }

    private mutating func add(_ change: WebhookChange) {
        let number = change.phoneNumberID ?? ""
        switch change.content {
        case .messages(let content):
            for status in content.statuses { updates.append(Update(status, of: change.phoneNumberID)) }
            for message in content.messages { updates.append(.inbound(Update.Inbound(message, to: number, content.contacts))) }
            for error in content.errors { updates.append(.remark(kind: "messages.error.\(error.code)")) }
        case .preferences(let preferences, let contacts):
            for preference in preferences { updates.append(Update(preference, of: number, account: change.account, contacts)) }
        case .echoes(let echoes, let contacts):
            for echo in echoes { updates.append(Update(echo, from: number, contacts)) }
        case .templateStatus(let update): updates.append(template(update, change))
        case .templateCategory(let update): updates.append(template(update, change))
        case .templateQuality(let update):
            add(change, [update.templateID, update.language, update.previous ?? "", update.current])
        case .phoneQuality(let update): add(change, [change.displayPhoneNumber ?? "", update.event, update.limit ?? ""])
        case .account(let update): add(change, [update.json])
        case .other(let json): add(change, [json])
        }
    }

    private mutating func add(_ change: WebhookChange, _ value: [String]) {
        updates.append(.news(news(change, value)))
    }

    private func template(_ update: TemplateStatusUpdate, _ change: WebhookChange) -> Update {
        let value = [update.templateID, update.name, update.language, update.event, update.reason ?? "", update.title ?? ""]
        let news = news(change, value)
        guard let status = Template.Status(event: update.event) else { return .news(news) }
        return .template(.init(change, update.name, update.language, .status(status), news))
    }

    private func template(_ update: TemplateCategoryUpdate, _ change: WebhookChange) -> Update {
        let value = [update.templateID, update.language, update.previous ?? "", update.current, update.correct ?? ""]
        return .template(.init(change, update.name, update.language, .category(.init(rawValue: update.current)), news(change, value)))
    }

    private func news(_ change: WebhookChange, _ value: [String]) -> Update.News {
        let time = change.at.map { "\($0.milliseconds)" } ?? ""
        return Update.News(field: change.field, digest: ChangeDigest.of([change.account, time, change.field] + value))
    }
}

extension Update.TemplateNews {
    fileprivate init(_ change: WebhookChange, _ name: String, _ language: String, _ what: TemplateChange, _ news: Update.News) {
        self.init(wabaID: change.account, name: name, language: language, change: what, at: change.at, news: news)
    }
}

extension Template.Status {
    /// The status that a template has after an event of `message_template_status_update`; nil for events that do not say
    /// (whatsapp-cloud-api.md §6.6).
    fileprivate init?(event: String) {
        switch event {
        case "REINSTATED": self = .approved
        case "APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "PENDING_DELETION", "DELETED", "LIMIT_EXCEEDED",
            "ARCHIVED":
            self.init(rawValue: event)
        default: return nil
        }
    }
}
