import Metrics
import Synchronization

/// How often each answer was given since the start.
final class WebhookTally: Sendable {
    private let counts = Mutex(Array(repeating: 0, count: WebhookAnswer.allCases.count))
    private let meters = WebhookAnswer.allCases.map {
        Counter(label: "wapro_webhook_answers_total", dimensions: [("status", "\($0.status)"), ("answer", "\($0)")])
    }

    /// Returns how often it was given now.
    @discardableResult
    func count(_ answer: WebhookAnswer) -> Int {
        meters[answer.rawValue].increment()
        return counts.withLock { counts in
            counts[answer.rawValue] += 1
            return counts[answer.rawValue]
        }
    }

    func count(of answer: WebhookAnswer) -> Int {
        counts.withLock { $0[answer.rawValue] }
    }
}
