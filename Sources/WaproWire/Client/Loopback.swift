public import WaproRPC

/// A connection within the process, with the same session that a socket has: order, limits, kept operations.
public enum Loopback {
    /// Runs `body` with a client of `router` whose calls come from `caller`.
    public static func connect<Value: Sendable>(
        _ router: Router,
        as caller: Caller,
        settings: WireSettings = WireSettings(),
        options: ClientOptions = ClientOptions(),
        _ body: @escaping @Sendable (Client<LineClient>) async throws -> Value
    ) async throws -> Value {
        let toServer = Mailbox<[UInt8]>(limit: 16)
        let toClient = Mailbox<[UInt8]>(limit: 16)
        let client = LineClient(options) { line in try await toServer.send(Array(line.utf8)) }
        let session = Session(router: router, caller: caller, settings: settings) { line in try await toClient.send(Array(line.utf8)) }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                await session.run(Lines(mailbox: toServer))
                toClient.finish()
                return nil
            }
            group.addTask {
                while let line = await toClient.next() { await client.receive(line) }
                client.end("The connection to the daemon ended before the answer came.")
                return nil
            }
            group.addTask {
                defer { toServer.finish() }
                return try await body(Client(client))
            }
            while let value = try await group.next() {
                guard let value else { continue }
                group.cancelAll()
                return value
            }
            throw CancellationError()
        }
    }

    private struct Lines: AsyncSequence, AsyncIteratorProtocol, Sendable {
        let mailbox: Mailbox<[UInt8]>

        func makeAsyncIterator() -> Lines { self }
        func next() async -> [Frame]? { await mailbox.next().map { [.line($0)] } }
    }
}
