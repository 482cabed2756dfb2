public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import WaproNet
public import WaproRPC

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The control socket as a service: accepts, learns who calls, and runs a session for each connection until shutdown.
///
/// On graceful shutdown nothing more is accepted or read, what was read is answered, and the socket's file is removed if we made it.
public struct UnixServer: Service {
    private let socket: ListeningSocket
    private let router: Router
    private let role: @Sendable (PeerCredentials) -> Role?
    private let settings: WireSettings
    private let logger: Logger

    /// `role` decides what a peer may do; nil: it is told so, whatever it asks.
    public init(
        _ socket: ListeningSocket,
        router: Router,
        settings: WireSettings = WireSettings(),
        logger: Logger,
        role: @escaping @Sendable (PeerCredentials) -> Role?
    ) {
        self.socket = socket
        self.router = router
        self.role = role
        self.settings = settings
        self.logger = logger
    }

    private typealias Peer = (channel: any Channel, credentials: PeerCredentials?)

    public func run() async throws {
        defer { socket.removeFile() }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await serve(on: group)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func serve(on group: MultiThreadedEventLoopGroup) async throws {
        let census = Census(settings)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelInitializer { $0.pipeline.addHandler(AcceptPause()) }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: settings.outputBytes / 4, high: settings.outputBytes))
        let server = try await bootstrap.bind(socket.descriptor) { channel in
            channel.eventLoop.makeCompletedFuture {
                let credentials = try channel.pipeline.syncOperations
                    .withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { PeerCredentials(descriptor: $0) }
                try channel.pipeline.syncOperations.addHandler(Doorstep())
                return Peer(channel, credentials ?? nil)
            }
        }
        // NIO has just listened again, with a shorter queue.
        listen(socket.descriptor, ListeningSocket.backlog)
        let executor = LoopExecutor(group.next())
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await server.executeThenClose { peers in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await peer in peers {
                        // What is read on the loop is answered there, without a change of threads, where that needs no waiting.
                        group.addTask(executorPreference: executor) { await answer(peer, census) }
                    }
                }
            }
        } onCancelOrGracefulShutdown: {
            server.channel.close(promise: nil)
            census.stop()
        }
    }

    /// Waits until the peer's kernel has what was written, or the peer has gone. A close is done at once by who is on the loop: it would
    /// overtake an answer that another thread has only handed to the loop, and drop what a slow reader has no room for yet.
    private static func flush(_ channel: any Channel) async {
        // Through the loop's queue, even from the loop: behind everything that is in it.
        try? await channel.eventLoop.flatSubmit { channel.writeAndFlush(ByteBuffer()) }.get()
    }

    private func answer(_ peer: Peer, _ census: Census) async {
        let channel = peer.channel
        do {
            let stream = try await channel.eventLoop.submit {
                // Half-closed by us never; by the peer often (`echo … | socat`): it still gets its answers.
                try Doorstep.open(channel) { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
            }.get()
            try await stream.executeThenClose { inbound, outbound in
                let write = { @Sendable (line: String) in
                    #if DEBUG
                        try await Self.failBeforeReply(channel)
                    #endif
                    try await outbound.write(ByteBuffer(string: line + "\n"))
                    #if DEBUG
                        try await Self.failAfterReply(channel)
                    #endif
                }
                guard let credentials = peer.credentials else {
                    try await write(Session.line(Fault(.forbidden, "The kernel does not say who you are.")))
                    return
                }
                let role = role(credentials)
                let admission = census.admit(channel, uid: credentials.uid, role: role)
                guard admission == .admitted else {
                    logger.log(
                        level: census.isNews() ? .warning : .debug,
                        "control connection refused",
                        metadata: ["uid": "\(credentials.uid)", "because": "\(admission)"]
                    )
                    try await write(Session.line(admission.fault))
                    return
                }
                defer { census.leave(channel, uid: credentials.uid, role: role) }
                let caller = Caller(uid: credentials.uid, gid: credentials.gid, groups: credentials.groups, role: role)
                logger.debug("control connection", metadata: ["uid": "\(caller.uid)", "role": "\(caller.role?.rawValue ?? "none")"])
                let session = Session(router: router, caller: caller, settings: settings, write: write)
                // A reset is learned without a write. The end of the input alone closes nothing.
                channel.closeFuture.whenComplete { _ in session.abandon() }
                await session.run(Frames(inbound: inbound, channel: channel, settings: settings))
                await Self.flush(channel)
            }
        } catch {
            // The peer went away in the middle: its own affair.
            logger.debug("control connection ended", metadata: ["error": "\(error)"])
        }
    }
}

extension Census.Admission {
    /// What somebody who is not admitted is told.
    fileprivate var fault: Fault {
        switch self {
        case .admitted, .full:
            Fault(.overloaded, "The daemon has as many connections as it may.", retryAfterMilliseconds: 1000)
        case .fullForUser:
            Fault(.overloaded, "You have as many connections to the daemon as you may.", hint: "Close some.", retryAfterMilliseconds: 1000)
        case .stopping:
            Fault(.shuttingDown, "The daemon is stopping.", retryAfterMilliseconds: 5000)
        }
    }
}
