import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A small web server on loopback that does what a test tells it, request by request, and remembers what it got.
final class Peer: Sendable {
    enum Reply: Sendable {
        case answer(Int = 200, headers: [(name: String, value: String)] = [], String = "{}")
        /// Closes the connection without one byte, after having read the whole request.
        case closeSilently
        /// The same by TCP's RST, as when the server's process is killed.
        case reset
        /// Never answers.
        case hold
        /// HTTP/2 only: RST_STREAM with REFUSED_STREAM.
        case refuseStream
    }

    struct Request: Sendable {
        /// From 1, over all connections.
        var ordinal: Int
        var method: String
        var body: String
        /// HTTP/1.1 only.
        var path = ""
        var token: String?
    }

    enum Wire: Sendable { case http1, http2 }

    typealias Script = @Sendable (Request) -> Reply

    private let channel: any Channel
    private let log = Mutex<(requests: [Request], connections: Int)>(([], 0))
    private let arrivals: AsyncStream<Request>
    private let arrived: AsyncStream<Request>.Continuation
    private let secure: Bool
    private let script: Script

    init(_ wire: Wire = .http1, identity: TestIdentity? = nil, script: @escaping Script) async throws {
        (arrivals, arrived) = AsyncStream.makeStream()
        self.script = script
        secure = identity != nil
        let tls: NIOSSLContext? = try identity.map { identity in
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))
            )
            configuration.applicationProtocols = wire == .http2 ? ["h2"] : ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        }
        let owner = Mutex<Peer?>(nil)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let peer = owner.withLock({ $0 }) else { throw ChannelError.eof }
                    peer.log.withLock { $0.connections += 1 }
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    switch wire {
                    case .http1:
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        try channel.pipeline.syncOperations.addHandler(PlainHandler(peer))
                    case .http2: try channel.pipeline.syncOperations.addHandler(FrameHandler(peer))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        owner.withLock { $0 = self }
    }

    var url: String { "\(secure ? "https" : "http")://localhost:\(channel.localAddress!.port!)" }
    var requests: [Request] { log.withLock { $0.requests } }
    var connections: Int { log.withLock { $0.connections } }

    /// Waits until `count` requests have come.
    func arrival(_ count: Int) async {
        for await request in arrivals where request.ordinal >= count { return }
    }

    func close() async throws { try await channel.close() }

    func answer(method: String, body: String, path: String = "", token: String? = nil) -> Reply {
        let request = log.withLock { log in
            let request = Request(ordinal: log.requests.count + 1, method: method, body: body, path: path, token: token)
            log.requests.append(request)
            return request
        }
        defer { arrived.yield(request) }
        return script(request)
    }
}

/// HTTP/1.1.
private final class PlainHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let peer: Peer
    private var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
    private var body = ""

    init(_ peer: Peer) { self.peer = peer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let part): body += String(buffer: part)
        case .end:
            let token = head.headers.first(name: "Authorization")
            reply(peer.answer(method: head.method.rawValue, body: body, path: head.uri, token: token), context)
        }
    }

    private func reply(_ reply: Peer.Reply, _ context: ChannelHandlerContext) {
        switch reply {
        case .hold: break
        case .closeSilently, .refuseStream: context.close(promise: nil)
        case .reset: context.reset()
        case .answer(let status, let headers, let text):
            var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status))
            for header in headers { head.headers.add(name: header.name, value: header.value) }
            head.headers.add(name: "Content-Length", value: "\(text.utf8.count)")
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if self.head.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}

extension ChannelHandlerContext {
    /// Closes the socket under the TLS handler, with nothing to be said any more.
    func reset() {
        let tls = try? pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
        let below = tls ?? self
        (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
            below.close(promise: nil)
        }
    }
}
