/// Calls methods by their types over any transport.
///
/// ```swift
/// let waprod = Client(transport)
/// let report = try await waprod(CampaignReport(campaign: "spring"))
/// ```
public struct Client<T: Transport>: Sendable {
    public let transport: T

    public init(_ transport: T) {
        self.transport = transport
    }

    /// Sends the call and waits for its answer. Calls may be made concurrently.
    ///
    /// - Parameter timeout: how long the daemon may take; nil: as long as it takes.
    public func callAsFunction<M: Method>(_ method: M, timeout: Duration? = nil) async throws(CallFailure) -> M.Reply {
        let result = try await transport.call(M.name, parameters: method.json, timeout: timeout)
        do {
            return try M.Reply.decode(result, .tolerant)
        } catch {
            throw .malformed("the daemon's answer to \(M.name) is not what this version expects: \(error)")
        }
    }

    /// The next notification of this kind; others are skipped. Nil when the connection has ended.
    public func next<N: Notification>(_ kind: N.Type) async throws(CallFailure) -> N? {
        while let incoming = await transport.nextNotification() {
            guard incoming.name == N.name else { continue }
            do {
                return try N.decode(incoming.parameters, .tolerant)
            } catch {
                throw .malformed("a notification \(N.name) is not what this version expects: \(error)")
            }
        }
        return nil
    }

    /// The notifications of this kind as they come, until the connection ends. One reader at a time.
    public func notifications<N: Notification>(_ kind: N.Type) -> Notifications<N, T> {
        Notifications(client: self)
    }
}

/// The notifications of one kind on one connection.
public struct Notifications<N: Notification, T: Transport>: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let client: Client<T>

    public func next() async throws(CallFailure) -> N? { try await client.next(N.self) }

    public func next(isolation actor: isolated (any Actor)?) async throws(CallFailure) -> N? { try await client.next(N.self) }

    public func makeAsyncIterator() -> Self { self }
}
