import WaproCore
import WaproRPC
import WaproStore

/// Answers `event.*`. A subscription is a place in the stored log that moves at the reader's own pace: a slow reader costs nothing
/// and misses nothing (promise P6).
struct EventHandlers: Sendable {
    let store: Store

    /// Subscriptions of one connection at most.
    static let subscriptions = 16
    /// Events that are read from the store at once.
    static let batch = 256

    func register(_ handlers: inout Handlers) {
        handlers.on(EventSubscribe.self) { ask, call throws(Fault) in try await subscribe(ask, call) }
        // At once: nobody may be told that it was stopped before it was done.
        handlers.atOnce(EventUnsubscribe.self) { ask, call throws(Fault) in
            guard call.release(ask.subscription) else {
                throw Fault.notFound("subscription", "\"\(ask.subscription)\" on this connection", field: "subscription")
            }
            return EventUnsubscribe.Reply(subscription: ask.subscription)
        }
    }

    private func subscribe(_ ask: EventSubscribe, _ call: Call) async throws(Fault) -> EventSubscribe.Reply {
        let (first, last) = try await store.ask { (try $0.firstEvent(), try $0.lastEvent()) }
        let oldest = (first ?? last + 1) - 1
        let cursor: Int64
        switch try ask.start() {
        case .now: cursor = last
        case .beginning: cursor = oldest
        case .after(let number):
            guard number <= last else {
                throw Fault(.invalidParameters, "from must be \"now\", \"beginning\" or a place in the log up to \(last).", field: "from")
            }
            guard number >= oldest else {
                throw Self.expired(oldest)
            }
            cursor = number
        }
        let topics = ask.topics.map(Set.init)
        let kept = call.keep("sub", atMost: Self.subscriptions) { await follow($0, from: cursor, topics, call) }
        guard let subscription = kept else {
            throw Fault(.tooManySubscriptions, "A connection has at most \(Self.subscriptions) subscriptions.")
        }
        return EventSubscribe.Reply(subscription: subscription, cursor: cursor)
    }

    private static func expired(_ oldest: Int64) -> Fault {
        Fault(.cursorExpired, "Events up to \(oldest) are no longer kept.", field: "from", hint: "Go on from \(oldest).")
    }

    private func follow(_ subscription: String, from start: Int64, _ topics: Set<EventTopic>?, _ call: Call) async {
        var cursor = start
        while !Task.isCancelled {
            var looked: ContinuousClock.Instant?
            let rings = store.events.rings
            let events: [Event]
            do {
                events = try await store.read { [cursor] in try $0.events(after: cursor, limit: Self.batch) }
            } catch StoreFailure.tooSlow {
                // It was in the way of the log of changes; the place in the log is kept, so nothing is missed.
                continue
            } catch {
                return
            }
            // They are numbered without gaps.
            if let first = events.first, first.sequence > cursor + 1 {
                let lost = Self.expired(first.sequence - 1)
                _ = try? await call.notify(SubscriptionEnded(subscription: subscription, type: lost.kind.slug, message: lost.words))
                return
            }
            for event in events {
                guard await mayGoOn(&looked, subscription, call) else { return }
                cursor = event.sequence
                guard topics?.contains(event.topic) ?? true else { continue }
                guard (try? await call.notify(EventNotification(event, subscription: subscription))) != nil else { return }
            }
            if events.isEmpty { _ = await store.events.wait(after: rings) }
        }
    }
}

extension EventHandlers {
    /// How long a subscriber may be told events after its session has ended, while it is being told: what waited is looked at anew.
    private static let trust = Duration.seconds(1)

    /// False when the caller may hear no more, which it was told.
    private func mayGoOn(_ looked: inout ContinuousClock.Instant?, _ subscription: String, _ call: Call) async -> Bool {
        guard call.caller.session != nil else { return true }
        if let looked, looked.duration(to: .now) < Self.trust { return true }
        while let fault = await call.objectionNow() {
            guard fault.retryable else {
                _ = try? await call.notify(SubscriptionEnded(subscription: subscription, type: fault.kind.slug, message: fault.words))
                return false
            }
            do { try await Task.sleep(for: Self.trust) } catch { return false }
        }
        looked = .now
        return true
    }
}

extension EventNotification {
    init(_ event: Event, subscription: String) {
        var words = [event.because?.slug, event.code.map { "code \($0)" }, event.detail].compactMap { $0 }
        if event.topic == .contactImport { words = [event.detail].compactMap { $0 } }
        self.init(
            subscription: subscription,
            seq: event.sequence,
            at: event.at,
            topic: Open(event.topic),
            message: event.message,
            campaign: event.campaign,
            contact: event.contact,
            from: event.slug(ofState: event.from),
            to: event.slug(ofState: event.to),
            detail: words.isEmpty ? nil : words.joined(separator: ", ")
        )
    }
}
