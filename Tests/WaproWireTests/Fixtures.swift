import Synchronization
import WaproCore
import WaproRPC

@testable import WaproWire

/// Counts what has happened, and lets others wait for it.
private final class Signal: Sendable {
    private let state = Mutex((count: 0, waiters: [CheckedContinuation<Void, Never>]()))

    func send() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.count += 1
            return nil
        }
        waiter?.resume()
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.count > 0 else {
                    state.waiters.append(continuation)
                    return false
                }
                state.count -= 1
                return true
            }
            if isThere { continuation.resume() }
        }
    }
}

/// A point that test code waits at until it is let go.
final class Held: Sendable {
    private let arrivals = Signal()
    private let releases = Signal()

    /// In the code under test.
    func wait() async {
        arrivals.send()
        await releases.wait()
    }

    /// In the test: until somebody waits there.
    func arrived() async { await arrivals.wait() }
    func letGo() { releases.send() }
}

/// What handlers did, in order.
final class Log: Sendable {
    private let entries = Mutex<[String]>([])
    func add(_ entry: String) { entries.withLock { $0.append(entry) } }
    var all: [String] { entries.withLock { $0 } }
}

struct Look: Method {
    let label: String
    static let shape = Shape(Self.init, Field("label", \.label, "Label."))
    static let name = "thing.look"
    static let role = Role.viewer
    static let effect = Effect.reads
    static let doc = Doc("Look.")
    static let example = Look(label: "a")
    typealias Reply = String
}

struct Change: ChangingMethod {
    let label: String
    var idempotencyKey: String?
    static let shape = Shape(Self.init, Field("label", \.label, "Label."), Field("idempotency_key", \.idempotencyKey, "Key."))
    static let name = "thing.change"
    static let role = Role.operator
    static let effect = Effect.changes
    static let doc = Doc("Change.")
    static let example = Change(label: "a", idempotencyKey: nil)
    typealias Reply = String
}

struct Subscribe: Method {
    static let shape = Shape<Self>({ Self() })
    static let name = "thing.subscribe"
    static let role = Role.viewer
    static let effect = Effect.reads
    static let doc = Doc("Subscribe.")
    static let example = Subscribe()
    typealias Reply = String
}

struct Unsubscribe: Method {
    static let shape = Shape<Self>({ Self() })
    static let name = "thing.unsubscribe"
    static let role = Role.viewer
    static let effect = Effect.reads
    static let doc = Doc("Unsubscribe.")
    static let example = Unsubscribe()
    typealias Reply = Bool
}

struct Tick: Notification {
    let number: Int
    static let shape = Shape(Self.init, Field("number", \.number, "Number."))
    static let name = "tick"
    static let doc = Doc("Tick.")
}

/// A daemon whose every handler can be watched and held.
struct Fixture: Sendable {
    let log = Log()
    let heldLook = Held()
    let heldChange = Held()
    /// When there is one, whoever subscribes waits there for the answer.
    var heldSubscribe: Held?

    /// Labels that begin with `held` wait at their point.
    func router() throws -> Router {
        var handlers = Handlers()
        handlers.on(Look.self) { [self] ask, call throws(Fault) in
            if ask.label.hasPrefix("held") { await heldLook.wait() }
            if ask.label == "endless" { try? await Task.sleep(for: .seconds(3600)) }
            log.add("look \(ask.label)")
            return "\(ask.label) \(call.caller.uid)"
        }
        handlers.on(Change.self) { [self] ask, _ throws(Fault) in
            log.add("begin \(ask.label)")
            if ask.label.hasPrefix("held") { await heldChange.wait() }
            log.add("end \(ask.label)")
            return ask.label
        }
        handlers.on(Subscribe.self) { [self] _, call throws(Fault) in
            let name = call.keep("ticks", atMost: 1) { [self] _ in
                var number = 0
                while (try? await call.notify(Tick(number: number))) != nil, !Task.isCancelled { number += 1 }
                log.add("kept ended")
            }
            await heldSubscribe?.wait()
            return name ?? "none"
        }
        handlers.on(Unsubscribe.self) { _, call throws(Fault) in call.release("ticks_1") }
        return try Router(
            handlers,
            catalogue: Catalogue(methods: [Look.self, Change.self, Subscribe.self, Unsubscribe.self, RPCCancel.self])
        )
    }

    static let someone = Caller(uid: 1000, gid: 1000, groups: [], role: .operator)
}
