import NIOCore
import NIOPosix
public import WaproRPC

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A connection to the daemon's control socket.
public enum UnixClient {
    /// Bytes of a line from the daemon at most.
    static let lineLimit = 16 << 20

    /// Kept until the process ends: a command line has better to do at its end than to wait for a thread to go.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Connects, runs `body` with a client, and closes. Throws `CallFailure.unreachable` when there is no connection, else what `body` throws.
    public static func connect<Value: Sendable>(
        _ path: String,
        _ body: @escaping @Sendable (Client<LineClient>) async throws -> Value
    ) async throws -> Value {
        try await run(try await open(path), body)
    }

    private static func open(_ path: String) async throws(CallFailure) -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            return try await ClientBootstrap(group: group).connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
            }
        } catch {
            throw failure(error, path)
        }
    }

    private static func run<Value: Sendable>(
        _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
        _ body: @escaping @Sendable (Client<LineClient>) async throws -> Value
    ) async throws -> Value {
        try await channel.executeThenClose { inbound, outbound in
            let client = LineClient { line in try await outbound.write(ByteBuffer(string: line + "\n")) }
            return try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask {
                    await read(inbound, for: client)
                    return nil
                }
                group.addTask { try await body(Client(client)) }
                // The reader's end is no result: the body learns of it by its calls.
                while let value = try await group.next() {
                    guard let value else { continue }
                    group.cancelAll()
                    return value
                }
                throw CancellationError()
            }
        }
    }

    private static func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, for client: LineClient) async {
        var framer = LineFramer(limit: lineLimit)
        do {
            for try await buffer in inbound {
                framer.append(buffer.readableBytesView)
                while let frame = framer.next() {
                    guard case .line(let line) = frame else { return client.end("The daemon sent a line that is too long.") }
                    await client.receive(line)
                }
            }
            client.end("The connection to the daemon ended before the answer came.")
        } catch {
            client.end("The connection to the daemon broke before the answer came.")
        }
    }

    private static func failure(_ error: any Error, _ path: String) -> CallFailure {
        switch (error as? IOError)?.errnoCode {
        case ENOENT, ECONNREFUSED, ENOTSOCK:
            .unreachable("No daemon listens on \(path). Is waprod running? (systemctl status waprod)", reason: .notRunning)
        case EACCES, EPERM:
            .unreachable(
                "You may not use \(path): its permissions do not allow it. Ask an administrator of the daemon.",
                reason: .notAllowed
            )
        case let code?:
            .unreachable("Cannot connect to \(path): \(String(cString: strerror(code))).", reason: .other)
        case nil:
            .unreachable("Cannot connect to \(path): it is no path of a socket.", reason: .other)
        }
    }
}
