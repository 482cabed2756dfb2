import WaproCore
import WaproRPC
import WaproStore

/// How a handler changes the store: once for each idempotency key, and answered only when it is on disk (promise P4).
struct Changes: Sendable {
    let store: Store
    /// Shows a line of the audit log to whoever else keeps it.
    var show: @Sendable (AuditEntry) -> Void = { _ in }

    /// Registers the handler of a change that is one transaction and nothing else, so that `rpc.check` can try it.
    func on<M: ChangingMethod>(
        _ method: M.Type,
        in handlers: inout Handlers,
        outcome: @escaping @Sendable (M.Reply) -> String = { _ in "done" },
        _ body: @escaping @Sendable (M, Transaction) throws -> M.Reply
    ) {
        handlers.on(
            M.self,
            trying: { ask, call throws(Fault) in try await attempt(ask, call) { _ = try body(ask, $0) } },
            { ask, call throws(Fault) in try await make(ask, call, outcome: outcome) { try body(ask, $0) } }
        )
    }

    /// Refuses a change as making it would, and takes back what it did before anybody sees it.
    private func attempt<M: ChangingMethod>(
        _ ask: M,
        _ call: Call,
        _ body: @escaping @Sendable (Transaction) throws -> Void
    ) async throws(Fault) {
        let keyed = KeyedCall(ask, call)
        do {
            let _: Never = try await store.write(.control) { transaction in
                if try keyed?.earlier(transaction) == nil { try body(transaction) }
                throw TakenBack()
            }
        } catch is TakenBack {
        } catch {
            throw Fault(storing: error)
        }
    }

    /// Runs `body` in one commit with its answer and its line in the audit log. A call that was made before with the same key is answered as it
    /// was then.
    ///
    /// - Parameters:
    ///   - outcome: the word of that line.
    ///   - repeated: makes the answer to a call that was made before, when the kept one lacks its secrets; that is a line as well.
    ///   - compare: refuses a repeated call whose secrets are others than the first one's, which the kept parameters do not tell.
    func make<M: ChangingMethod>(
        _ ask: M,
        _ call: Call,
        outcome: @escaping @Sendable (M.Reply) -> String = { _ in "done" },
        repeated: (@Sendable (Transaction, M.Reply) throws -> M.Reply)? = nil,
        comparing compare: (() async throws(Fault) -> Void)? = nil,
        _ body: @escaping @Sendable (Transaction) throws -> M.Reply
    ) async throws(Fault) -> M.Reply {
        let keyed = KeyedCall(ask, call)
        let note = AuditNote(call.caller, M.name, Self.told(of: ask), outcome: "")
        let (reply, entry) = try await store.change { transaction -> (M.Reply, AuditEntry?) in
            if let earlier = try keyed?.earlier(transaction) {
                guard let repeated else { return (earlier, nil) }
                return (try repeated(transaction, earlier), try transaction.audit(note.saying("renewed")))
            }
            let reply = try body(transaction)
            try keyed?.keep(reply, transaction)
            return (reply, try transaction.audit(note.saying(outcome(reply))))
        }
        if let entry { show(entry) } else { try await compare?() }
        return reply
    }

    /// What an earlier call with the same key was answered, for handlers that must ask somebody else before they change anything.
    func earlier<M: ChangingMethod>(_ ask: M, _ call: Call) async throws(Fault) -> M.Reply? {
        guard let keyed = KeyedCall(ask, call) else { return nil }
        return try await store.change { try keyed.earlier($0) }
    }

    /// What of a call may be kept: neither the key nor a secret.
    static func told<M: ChangingMethod>(of ask: M) -> JSONValue {
        var ask = ask
        ask.idempotencyKey = nil
        return M.wireType.blanked(ask.json)
    }
}

/// Ends a transaction that shall leave nothing.
private struct TakenBack: Error {}

extension Store {
    /// As `write` for what a person asks, with failures as faults.
    func change<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws(Fault) -> Value {
        do {
            return try await write(.control, body)
        } catch {
            throw Fault(storing: error)
        }
    }

    /// As `read`, with failures as faults.
    func ask<Value: Sendable>(_ body: @escaping @Sendable (Snapshot) throws -> Value) async throws(Fault) -> Value {
        do {
            return try await read(body)
        } catch {
            throw Fault(storing: error)
        }
    }
}

extension Fault {
    /// What a failure of the store means to a caller.
    init(storing error: any Error) {
        switch error {
        case let fault as Fault: self = fault
        case StoreFailure.full:
            self.init(
                .storageFull,
                "The disk is full; nothing was changed.",
                hint: "Make room; waprod goes on by itself.",
                retryAfterMilliseconds: 5000
            )
        case StoreFailure.overloaded:
            self.init(.overloaded, "More changes wait than the store accepts.", retryAfterMilliseconds: 200)
        case StoreFailure.tooSlow:
            self.init(
                .timeout,
                "Reading took too long and was ended.",
                hint: "Try again, or ask for less: a smaller page or a narrower filter.",
                retryAfterMilliseconds: 1000
            )
        case StoreFailure.closed:
            self.init(.shuttingDown, "The daemon is stopping.", retryAfterMilliseconds: 5000)
        case StoreFailure.broken:
            self.init(.storageFailed, "The disk failed; the daemon restarts to find out what was kept.")
        case StoreFailure.notInState(let what):
            self.init(.internal, "The store refused it: \(what).")
        case is CancellationError:
            self.init(.cancelled, "It was cancelled, and nothing was changed.")
        default:
            self.init(.internal, "The store refused a statement; this is a defect of waprod.")
        }
    }

    static func notFound(_ what: String, _ text: String, field: String, hint: String? = nil) -> Fault {
        Fault(.notFound, "There is no \(what) \(text).", field: field, hint: hint)
    }
}
