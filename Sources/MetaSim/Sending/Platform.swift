import NIOCore
import Synchronization

/// The simulated Meta itself, without sockets: world, knobs, ledger, limits, and the webhooks under way.
final class Platform: Sendable {
    let ledger: Ledger
    let limits = Limits()
    let businessInitiated = BusinessInitiated()
    let holds = Holds()
    let dice: Dice
    /// Unix milliseconds.
    let now: @Sendable () -> Int64
    let tags = Tags()
    private let serials = Atomic<UInt64>(0)
    private let currentKnobs: Mutex<Knobs>
    private let currentDirectory: Mutex<Directory>
    private let couriers = Mutex<[Courier]>([])
    let group: any EventLoopGroup

    init(world: World, knobs: Knobs, seed: UInt64, now: @escaping @Sendable () -> Int64, group: any EventLoopGroup) {
        ledger = Ledger(tags: tags)
        dice = Dice(seed: seed)
        self.now = now
        self.group = group
        currentKnobs = Mutex(knobs)
        currentDirectory = Mutex(Directory(world, tags: tags))
        hireCouriers()
    }

    var knobs: Knobs { currentKnobs.withLock { $0 } }
    var directory: Directory { currentDirectory.withLock { $0 } }

    func adjust(_ change: (inout Knobs) -> Void) {
        currentKnobs.withLock { change(&$0) }
    }

    /// Never the same twice, and the same in every run with the same seed.
    func serial() -> UInt64 {
        dice.scatter(serials.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    func updateWorld(_ change: (inout World) -> Void) {
        currentDirectory.withLock { directory in
            var world = directory.world
            change(&world)
            directory = Directory(world, tags: tags)
        }
        hireCouriers()
    }

    // MARK: Webhooks

    /// One courier for each callback of an app; what was under way to a callback that is gone is lost with it.
    private func hireCouriers() {
        let apps = directory.world.apps
        let dismissed = couriers.withLock { couriers in
            let old = couriers
            couriers = apps.flatMap { app in
                Set([app.callback] + app.overrides.values).sorted().compactMap { callback in
                    guard let url = CallbackURL(callback) else { return nil }
                    return old.first { $0.serves(app, at: url) } ?? Courier(app: app, url: url, group: group, platform: self)
                }
            }
            return old.filter { former in !couriers.contains { $0 === former } }
        }
        for courier in dismissed { courier.stop() }
    }

    var allCouriers: [Courier] { couriers.withLock { $0 } }

    /// Who brings a change of this field of an account to its apps. Only some fields follow an account's own callback; news of templates and of
    /// the account always go to the app's.
    func couriers(of account: String, field: String = "messages") -> [Courier] {
        let apps = directory.world.apps.filter { $0.accounts.contains(account) }
        let places = apps.compactMap { app -> (App, CallbackURL)? in
            let override = Self.movableFields.contains(field) ? app.overrides[account] : nil
            return CallbackURL(override ?? app.callback).map { (app, $0) }
        }
        return couriers.withLock { couriers in places.compactMap { app, url in couriers.first { $0.serves(app, at: url) } } }
    }

    private static let movableFields: Set<String> = [
        "messages", "message_echoes", "calls", "consumer_profile", "messaging_handovers", "smb_message_echoes", "smb_app_state_sync",
        "history",
        "account_settings_update",
    ]

    func post(_ update: Update, account: String, in milliseconds: Int64) {
        var field = "messages"
        if case .letter(let letter) = update, case .change = letter.form { field = letter.kind }
        for courier in couriers(of: account, field: field) { courier.add(update, in: milliseconds) }
    }

    func webhookText(_ knobs: Knobs) -> WebhookText {
        WebhookText(platform: self, directory: directory, knobs: knobs)
    }

    func forgesSignature(_ body: [UInt8], _ knobs: Knobs) -> Bool {
        guard knobs.badSignatureShare > 0 else { return false }
        return dice.happens(knobs.badSignatureShare, .badSignature, dice.subject(String(decoding: body, as: UTF8.self), nth: 0))
    }

    /// Remembers how far the app was told. What it was told once it knows, though a doubled webhook fails later.
    func note(_ updates: [Update], _ told: Fate.Told) {
        for case .status(let id, let kind, _, _) in updates {
            ledger.mark(id) { fate in
                if fate.told(kind) != .delivered { fate.tell(kind, told) }
            }
        }
    }

    /// What a hold sees of an update.
    func held(_ update: Update) -> Held {
        switch update {
        case .letter(let letter): Held(point: .webhook, recipient: letter.recipient, kind: letter.kind)
        case .status(let id, let kind, _, _): Held(point: .webhook, recipient: ledger.text(of: id).recipient, kind: kind.rawValue)
        }
    }

    func stop() {
        holds.releaseAll()
        for courier in allCouriers { courier.stop() }
    }
}
