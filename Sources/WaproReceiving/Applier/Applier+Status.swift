import WaproCore
import WaproStore

extension Applier {
    /// The recipient asked Meta for no more marketing messages from this business (whatsapp-cloud-api.md §8).
    private static let stoppedMarketing = 131_050

    /// A message of ours got further, or failed.
    func apply(_ status: Update.Status, to tally: inout Tally, in transaction: Transaction) throws {
        let origin = status.callbackData.map { CallbackData.parse($0, store: storeName) }
        // Another application's message, or another wapro's: Meta tells every app of an account of all its messages.
        if origin == .foreign { return tally.count("status.foreign") }
        var news = StatusNews(attempt: nil, wamid: status.wamid, fact: status.fact, code: status.code)
        if case .attempt(let attempt) = origin { news.attempt = attempt }
        switch try transaction.advance(news) {
        case .moved(_, to: .failed) where status.code == Self.stoppedMarketing:
            guard let contact = try transaction.recipient(of: news) else { return }
            try transaction.prefer(contact, stops: true, at: status.at, code: status.code)
        case .moved, .nothing: break
        case .unknown where news.attempt != nil:
            tally.unknownAttempts += 1
            tally.count("status.unknown_attempt")
        case .unknown: tally.count("status.foreign")
        }
    }
}
