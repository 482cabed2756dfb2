import Synchronization

/// What a handler knows about the call besides its parameters, and what it can do on the caller's connection.
public struct Call: Sendable {
    public let caller: Caller
    /// Nil for a notification.
    public let id: RequestID?
    private let meta: Meta
    private let connection: any Connection
    let opened: Opened
    private let objection: @Sendable () async -> Fault?

    init(
        caller: Caller,
        id: RequestID?,
        meta: Meta = Meta(),
        connection: any Connection,
        opened: Opened,
        objection: @escaping @Sendable () async -> Fault? = { nil }
    ) {
        self.caller = caller
        self.id = id
        self.meta = meta
        self.connection = connection
        self.opened = opened
        self.objection = objection
    }

    /// Why the caller may no longer do what it called: a session ends, and what lives on after the answer must look. Nil: it still may.
    public func objectionNow() async -> Fault? { await objection() }

    /// Sends a notification to the caller's connection. Waits for room there, so a slow reader slows only whoever writes to it.
    /// Throws `CancellationError` when the connection has ended.
    public func notify<N: Notification>(_ notification: N) async throws(CancellationError) {
        let message: JSONValue = ["jsonrpc": "2.0", "method": .string(N.name), "params": notification.json]
        try await connection.send(message.compact)
    }

    /// Tells the caller how far the call is, if it asked to be told.
    public func progress(_ stage: String, done: Int, total: Int? = nil) async {
        guard meta.wantsProgress, let id else { return }
        try? await notify(ProgressNotification(id: id.json, stage: stage, done: Int64(done), total: total.map(Int64.init)))
    }

    /// Ends a call of this connection that reads, or that has not begun; false when there is none.
    func cancel(_ id: RequestID) -> Bool { connection.cancel(id) }

    /// Runs `operation` as a child of the connection, from after the reply to this call has been written until it returns, `release`
    /// is called with its name, or the connection ends; the last two cancel it. A handler asks for it last: nothing may fail afterwards.
    ///
    /// Answers its name, which is `stem` with a number that this connection has not given before; nil when it keeps `limit` operations already,
    /// those counted whose calls are being answered.
    public func keep(_ stem: String, atMost limit: Int, _ operation: @escaping @Sendable (_ name: String) async -> Void) -> String? {
        guard let name = connection.reserve(stem, atMost: limit) else { return nil }
        opened.add(Kept(name: name) { await operation(name) })
        return name
    }

    /// Ends what was kept under this name on this connection; false when there is none.
    public func release(_ name: String) -> Bool {
        connection.release(name)
    }
}

/// The connection that a call came on, as far as the router needs it.
public protocol Connection: Sendable {
    /// Queues one line (without its end) and waits for room.
    func send(_ line: String) async throws(CancellationError)
    /// Takes a place for an operation that shall be kept, and names it; nil when `limit` are taken. It is free again when that ends or is
    /// released, and when the answer that has it in `kept` is not given.
    func reserve(_ stem: String, atMost limit: Int) -> String?
    /// Cancels the kept operation of this name, or has it not begun; false when there is none.
    func release(_ name: String) -> Bool
    /// Ends the call with this id if it reads or has not begun; false when there is none.
    func cancel(_ id: RequestID) -> Bool
}

/// An operation that shall live as long as its connection.
public struct Kept: Sendable {
    public let name: String
    public let operation: @Sendable () async -> Void
}

/// What the handlers of one line asked to be kept.
final class Opened: Sendable {
    private let list = Mutex<[Kept]>([])

    func add(_ kept: Kept) { list.withLock { $0.append(kept) } }
    var all: [Kept] { list.withLock { $0 } }
}
