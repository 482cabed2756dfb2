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

    /// Connects, runs `body` with a client, and closes. Throws `CallFailure.unreachable` when there is no connection, else what `body` throws.
    public static func connect<Value: Sendable>(
        _ path: String,
        options: ClientOptions = ClientOptions(),
        _ body: @escaping @Sendable (Client<LineClient>) async throws -> Value
    ) async throws -> Value {
        let socket = try await open(path)
        let client = LineClient(options) { line in
            // A daemon that reads nothing makes a write wait for ever. Who gives up in the middle of one gives up the connection: half a
            // line cannot be taken back.
            try await withTaskCancellationHandler {
                try await socket.write(Array(line.utf8) + [UInt8(ascii: "\n")])
            } onCancel: {
                socket.shutDown()
            }
        }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { socket.shutDown() }
            group.addTask {
                await read(socket, for: client)
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

    private static func open(_ path: String) async throws(CallFailure) -> ClientSocket {
        do {
            return try await ClientSocket.open(path)
        } catch {
            throw failure((error as? ClientSocket.Failure)?.code, path)
        }
    }

    private static func read(_ socket: ClientSocket, for client: LineClient) async {
        var framer = LineFramer(limit: lineLimit)
        while let bytes = await socket.read() {
            framer.append(bytes)
            while let frame = framer.next() {
                guard case .line(let line) = frame else { return client.end(malformed: "The daemon sent a line that is too long.") }
                await client.receive(line)
            }
        }
        client.end("The connection to the daemon ended before the answer came.")
    }

    private static func failure(_ code: CInt?, _ path: String) -> CallFailure {
        switch code {
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
