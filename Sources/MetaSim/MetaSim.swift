// A stand-in for Meta's WhatsApp Cloud API, in a process or as the program `metasim`. A tour, in the order in which a message travels:
//
//   MetaSim         the handle that tests hold: start, knobs, holds, inbound messages, ledger
//   World/          what exists at Meta: accounts, numbers, apps, tokens, templates; the standard world works as it is
//   Server/         sockets: HTTP/1.1, HTTP/2 over TLS; a request read whole, an answer, or one of the ways not to answer
//   Graph/          which path is which, and the checks of a message in Meta's order, with Meta's words
//   Sending/        what happens to a message that passed: faults, limits, acceptance, wamid
//   Ledger/         what reached each phone
//   Webhooks/       the ladder of statuses and replies; packing, signing, posting, repeating
//   Knobs/          everything that can be turned while it runs; faults; magic numbers; holds
//   Admin/          the same over HTTP, under /_sim/
//   JSON/, TLS/     readers and writers of our own
//
// It shares no code with the program that it tests: its JSON is written from Meta's published examples, so that one misreading cannot
// pass on both sides. Facts of Meta's name the section of the reference that they come from.

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A simulated Meta. Make one, `start()` it, point a client at its ``Endpoints``, read its ``ledger``, `stop()` it.
///
/// Everything may be used from any thread while it runs.
public final class MetaSim: Sendable {
    private struct State {
        var listeners: [any Channel] = []
        var ticker: RepeatedTask?
        var endpoints: Endpoints?
        var identity: ServerIdentity?
    }

    let configuration: Configuration
    let platform: Platform
    private let group: MultiThreadedEventLoopGroup
    private let state = Mutex(State())

    /// Makes the world; nothing listens yet. Always end with ``stop()``, also when it was never started: it owns threads.
    public init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        platform = Platform(
            world: configuration.world,
            knobs: configuration.knobs,
            seed: configuration.seed,
            now: configuration.now,
            group: group
        )
    }

    /// Binds the sockets and begins to answer. Throws what binding or reading the certificate throws.
    @discardableResult
    public func start() async throws -> Endpoints {
        var http: String?
        var https: String?
        var authority: String?
        if let port = configuration.httpPort {
            http = "http://\(configuration.host):\(try await listen(port))"
        }
        if let port = configuration.httpsPort {
            let identity = try ServerIdentity(configuration.identity, flaw: configuration.certificateFlaw)
            state.withLock { $0.identity = identity }
            https = "https://\(configuration.host):\(try await listen(port, identity))"
            authority = identity.authority
        }
        let endpoints = Endpoints(http: http, https: https, authority: authority)
        let platform = platform
        let ticker = group.next().scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(Wheel<Update>.slotMilliseconds)) { _ in
            for courier in platform.allCouriers { courier.tick() }
        }
        state.withLock { state in
            state.endpoints = endpoints
            state.ticker = ticker
        }
        return endpoints
    }

    /// Binds a socket and says at which port.
    func listen(_ port: Int, _ identity: ServerIdentity? = nil) async throws -> Int {
        let channel =
            if let identity {
                try await Listener.secure(platform, host: configuration.host, port: port, identity: identity, on: group)
            } else {
                try await Listener.plain(platform, host: configuration.host, port: port, on: group)
            }
        state.withLock { $0.listeners.append(channel) }
        return channel.localAddress?.port ?? port
    }

    /// Closes the listening sockets, and says which certificate was shown.
    func closeListeners() async -> ServerIdentity? {
        let (listeners, identity) = state.withLock { state in
            defer { state.listeners = [] }
            return (state.listeners, state.identity)
        }
        for listener in listeners { try? await listener.close() }
        return identity
    }

    /// The certificate of the HTTPS side; nil without HTTPS.
    var identity: ServerIdentity? { state.withLock(\.identity) }

    /// Closes everything: held exchanges are let go, webhooks under way are lost. It cannot be started again.
    public func stop() async {
        let ticker = state.withLock { state in
            defer { state.ticker = nil }
            return state.ticker
        }
        ticker?.cancel()
        _ = await closeListeners()
        platform.stop()
        for courier in platform.allCouriers { await courier.stopped() }
        try? await group.shutdownGracefully()
    }

    /// Where it answers; nil until it started.
    public var endpoints: Endpoints? { state.withLock(\.endpoints) }

    /// What reached each phone.
    public var ledger: Ledger { platform.ledger }

    // MARK: Turning knobs

    public var knobs: Knobs { platform.knobs }

    /// Turns knobs. What is already under way keeps the delays it got.
    public func adjust(_ change: (inout Knobs) -> Void) {
        platform.adjust(change)
    }

    public var world: World { platform.directory.world }

    /// Changes what exists: pauses a template, locks an account, adds a number.
    public func updateWorld(_ change: (inout World) -> Void) {
        platform.updateWorld(change)
    }

    /// Takes a token back: whoever comes with it is answered 190 from now on.
    public func revoke(_ token: String) {
        updateWorld { world in
            for index in world.tokens.indices where world.tokens[index].value == token { world.tokens[index].isRevoked = true }
        }
    }

    /// Gives out another token, beside those that there are.
    public func issue(_ token: AccessToken) {
        updateWorld { $0.tokens.append(token) }
    }

    /// Sends the webhooks of every app (or of one) to `url` from now on. Returns false when it is not an `http://` URL.
    @discardableResult
    public func setCallback(_ url: String, app: String? = nil) -> Bool {
        guard CallbackURL(url) != nil else { return false }
        platform.updateWorld { world in
            for index in world.apps.indices where app == nil || world.apps[index].id == app { world.apps[index].callback = url }
        }
        return true
    }

    /// Freezes what matches at a point of its exchange until it is released.
    public func hold(_ point: HoldPoint, matching matches: @escaping @Sendable (Held) -> Bool = { _ in true }) -> Hold {
        let hold = Hold(point, matching: matches)
        platform.holds.add(hold)
        return hold
    }

    /// Releases every hold.
    public func releaseAll() {
        platform.holds.releaseAll()
    }
}
