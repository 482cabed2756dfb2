import Dispatch

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The caller's end of a Unix socket. Plain system calls, each on a queue that may wait: a command line makes one call and ends, and an event loop
/// would take longer to start than the call.
final class ClientSocket: Sendable {
    struct Failure: Error {
        /// Nil: the path does not fit into an address.
        let code: CInt?
    }

    private let descriptor: CInt
    private let reading = DispatchQueue(label: "wapro.client.read")
    private let writing = DispatchQueue(label: "wapro.client.write")

    private init(_ descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    static func open(_ path: String) async throws -> ClientSocket {
        guard let address = SocketPath(path) else { throw Failure(code: nil) }
        let descriptor = SocketPath.socket()
        guard descriptor >= 0 else { throw Failure(code: errno) }
        let socket = ClientSocket(descriptor)
        try await socket.run(on: socket.writing) {
            if address.withPointer({ connect(descriptor, $0, $1) }) != 0 { throw Failure(code: errno) }
        }
        return socket
    }

    /// What has come; nil at the end, however it came to that.
    func read() async -> [UInt8]? {
        try? await run(on: reading) { [descriptor] in
            var bytes = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = recv(descriptor, &bytes, bytes.count, 0)
                if count > 0 { return Array(bytes.prefix(count)) }
                if count == 0 || errno != EINTR { throw Failure(code: errno) }
            }
        }
    }

    func write(_ bytes: [UInt8]) async throws {
        try await run(on: writing) { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress! + sent, bytes.count - sent, CInt(MSG_NOSIGNAL)) }
                if count > 0 { sent += count } else if errno != EINTR { throw Failure(code: errno) }
            }
        }
    }

    /// Ends both directions, and whoever waits for either.
    func shutDown() { shutdown(descriptor, CInt(SHUT_RDWR)) }

    private func run<Value: Sendable>(on queue: DispatchQueue, _ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        // The queue keeps the socket until the call is over, so its descriptor is nobody else's.
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(with: Result { try withExtendedLifetime(self) { try body() } })
            }
        }
    }
}
