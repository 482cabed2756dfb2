public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
public import WaproStore

/// Receives Meta's webhooks: checks them, commits their raw bodies, and only then answers 200.
///
/// Once bound it is ready: connections wait in the kernel's queue until it runs. On graceful shutdown it accepts nothing new, answers
/// what is under way, and returns; the store must be closed after it.
public final class Listener: Service {
    /// How long the kernel's queue of connections that wait to be accepted is (`net.core.somaxconn` may shorten it).
    static let backlog: Int32 = 4096

    private let service: WebhookService
    private let open: OpenConnections
    private let group: MultiThreadedEventLoopGroup
    private let channels: [any Channel]
    private let logger: Logger

    /// Binds, or adopts, every socket of the configuration.
    public init(_ configuration: Configuration, store: Store, logger: Logger) async throws(ListenerFailure) {
        self.logger = logger
        Self.handlerTypesAreMade
        service = WebhookService(configuration, store: store, logger: logger)
        open = OpenConnections(limit: configuration.limits.connections)
        group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.threads)
        let bootstrap = Self.bootstrap(on: group, service: service, open: open)
        var channels: [any Channel] = []
        do {
            for socket in configuration.sockets { channels.append(try await Self.bind(socket, bootstrap)) }
        } catch {
            for channel in channels { try? await channel.close() }
            try? await group.shutdownGracefully()
            throw error
        }
        self.channels = channels
    }

    /// The TCP port of the first socket; nil when that is not a TCP socket.
    public var port: Int? { channels.first?.localAddress?.port }

    /// Where it listens, for people: `127.0.0.1:8085`.
    public var places: [String] {
        channels.map { channel in
            guard let address = channel.localAddress else { return "a closed socket" }
            return address.pathname ?? "\(address.ipAddress ?? "?"):\(address.port ?? 0)"
        }
    }

    /// Serves these apps from now on in the place of the ones before, also on connections that stand.
    public func serve(_ apps: [App]) { service.apps.replace(with: apps) }

    /// How often an answer was given since the start.
    public func count(of answer: WebhookAnswer) -> Int { service.tally.count(of: answer) }

    public func run() async throws {
        let channels = channels
        logger.info("listening for webhooks", metadata: ["at": "\(places.joined(separator: ", "))"])
        let isAsked = await withTaskCancellationOrGracefulShutdownHandler {
            for channel in channels { channel.setOption(.autoRead, value: true).whenComplete { _ in } }
            for channel in channels { try? await channel.closeFuture.get() }
            return Task.isCancelled || Task.isShuttingDownGracefully
        } onCancelOrGracefulShutdown: {
            for channel in channels { channel.close(promise: nil) }
        }
        await open.retire(within: TimeAmount(service.limits.grace), on: group.next())
        try await group.shutdownGracefully()
        guard isAsked else { throw ListenerFailure.stopped }
    }
}
