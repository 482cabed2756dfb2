import Synchronization

/// The apps whose webhooks are taken, by name. They change while the listener runs: each request is judged by what holds when it comes.
final class ListenerApps: Sendable {
    private let apps: Mutex<[String: Listener.App]>

    init(_ apps: [Listener.App]) {
        self.apps = Mutex(Self.named(apps))
    }

    subscript(_ name: String) -> Listener.App? { apps.withLock { $0[name] } }

    func replace(with apps: [Listener.App]) {
        self.apps.withLock { $0 = Self.named(apps) }
    }

    private static func named(_ apps: [Listener.App]) -> [String: Listener.App] {
        Dictionary(apps.map { ($0.name, $0) }) { $1 }
    }
}
