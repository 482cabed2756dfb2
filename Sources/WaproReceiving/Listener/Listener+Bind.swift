import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import WaproNet

extension Listener {
    /// Has the runtime make the types of a connection's handlers on one thread, before several accept at once.
    ///
    /// Two loops whose very first connections came in the same moment, as they do when Meta's retries have waited for a restart, raced in the
    /// making of these nested generic types and ended the process with SIGSEGV (Swift 6.3.1; two starts of 170 in the walk of failpoints).
    static let handlerTypesAreMade: Void = {
        _ = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
    }()

    static func bootstrap(on group: MultiThreadedEventLoopGroup, service: WebhookService, open: OpenConnections) -> ServerBootstrap {
        let limits = service.limits
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([AcceptPause(), AcceptGate(open)])
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard open.add(channel) else { return channel.close(promise: nil) }
                    var decoder = NIOHTTPDecoderLimitConfiguration()
                    decoder.maxHeaderFieldSize = limits.headerFieldBytes
                    decoder.maxHeaderListSize = limits.headerBytes
                    decoder.maxHeaderFieldCount = limits.headerCount
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: decoder)),
                        WebhookConnection(service),
                    ])
                }
            }
    }

    static func bind(_ socket: Socket, _ bootstrap: ServerBootstrap) async throws(ListenerFailure) -> any Channel {
        switch socket {
        case .address(let host, let port):
            do {
                return try await bootstrap.bind(host: host, port: port).get()
            } catch {
                throw .cannotListen(at: "\(host):\(port)", why: words(for: error))
            }
        case .descriptor(let descriptor):
            do {
                let channel = try await bootstrap.withBoundSocket(descriptor).get()
                // NIO has called listen(128) on it, which cut the queue that systemd had set up; a second call sets it anew.
                guard Glibc.listen(descriptor, backlog) == 0 else { throw IOError(errnoCode: errno, reason: "listen") }
                return channel
            } catch {
                throw .cannotListen(at: "descriptor \(descriptor)", why: words(for: error))
            }
        }
    }

    private static func words(for error: any Error) -> String {
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE: "another process listens there"
        case let error as IOError where error.errnoCode == EACCES: "ports below 1024 are for root; use a higher one behind the proxy"
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL: "this machine does not have that address"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: "\(error)"
        }
    }
}
