import Logging
import WaproCloud
import WaproStore

/// What all connections share.
final class WebhookService: Sendable {
    let limits: Listener.Limits
    let apps: ListenerApps
    let journal: Journal
    let intake: Intake
    let tally = WebhookTally()
    private let logger: Logger

    init(_ configuration: Listener.Configuration, store: Store, logger: Logger) {
        limits = configuration.limits
        apps = ListenerApps(configuration.apps)
        journal = Journal(store, limits: configuration.limits)
        intake = Intake(limit: configuration.limits.heldBytes)
        self.logger = logger
    }

    /// Whether one of the app's secrets made the signature over exactly these bytes.
    func isSigned(_ body: [UInt8], by app: String, _ signature: String) -> Bool {
        guard let secrets = apps[app]?.secrets else { return false }
        return Signature.verify(headers: [signature], body: body, secrets: secrets)
    }

    /// Counts an answer, and says when refusals begin and grow tenfold: never one line a request.
    func note(_ answer: WebhookAnswer) {
        let count = tally.count(answer)
        guard [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].contains(count) else { return }
        switch answer {
        case .unsigned:
            logger.warning(
                "webhooks are refused because their signature is not of the app's secret: check the secret of the app whose callback this is",
                metadata: ["refused": "\(count)"]
            )
        case .unavailable:
            logger.warning(
                "webhooks are refused for now because the store is too slow, full or closed; Meta repeats them",
                metadata: ["refused": "\(count)"]
            )
        case .unverified:
            logger.warning(
                "a handshake came with another verify token: compare it with the one in Meta's dashboard",
                metadata: ["refused": "\(count)"]
            )
        default: break
        }
    }
}
