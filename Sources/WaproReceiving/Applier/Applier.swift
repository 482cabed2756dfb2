import WaproCore
import WaproStore

/// What a webhook changes: synchronous functions on a `Transaction`, so that a simulation can run them.
///
/// Applying an update a second time changes nothing: a status by rank, a message by its wamid, a preference by its time, everything
/// else by its digest.
struct Applier: Sendable {
    /// The store's name: only callback data that carries it is ours.
    let storeName: String

    func apply(_ update: Update, to tally: inout Tally, in transaction: Transaction) throws {
        switch update {
        case .status(let status): try apply(status, to: &tally, in: transaction)
        case .inbound(let inbound): try apply(inbound, to: &tally, in: transaction)
        case .echo(let echo): try apply(echo: echo, to: &tally, in: transaction)
        case .preference(let preference): try apply(preference, to: &tally, in: transaction)
        case .template(let template): try apply(template, to: &tally, in: transaction)
        case .news(let news):
            guard try transaction.isNew(news.digest) else { return }
            tally.count(String(kindOf: news.field))
            // Limits and standing are asked for at once, not within the hour.
            if news.isAboutNumbers { transaction.ringNumbers() }
        case .remark(let kind): tally.count(String(kindOf: kind))
        }
    }

    private func apply(_ template: Update.TemplateNews, to tally: inout Tally, in transaction: Transaction) throws {
        guard try transaction.isNew(template.news.digest) else { return }
        let isOurs = try transaction.note(
            template.change,
            ofTemplate: template.name,
            language: template.language,
            wabaID: template.wabaID,
            at: template.at
        )
        tally.count(String(kindOf: template.news.field), isKnown: isOurs)
    }
}
