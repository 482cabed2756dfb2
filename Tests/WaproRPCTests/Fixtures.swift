import Synchronization
import WaproCore
import WaproRPC

/// The methods of the examples in the JSON-RPC 2.0 specification.
struct Subtract: Method {
    let minuend: Int
    let subtrahend: Int
    static let shape = Shape(Self.init, Field("minuend", \.minuend, "From."), Field("subtrahend", \.subtrahend, "What."))
    static let name = "subtract"
    static let role = Role.viewer
    static let effect = Effect.reads
    static let doc = Doc("Subtract.")
    static let example = Subtract(minuend: 42, subtrahend: 23)
    typealias Reply = Int
}

struct GetData: Method {
    static let shape = Shape<Self>({ Self() })
    static let name = "get_data"
    static let role = Role.viewer
    static let effect = Effect.reads
    static let doc = Doc("Get data.")
    static let example = GetData()
    typealias Reply = JSONValue
}

struct Update: ChangingMethod {
    let value: Int
    var idempotencyKey: String?
    static let shape = Shape(Self.init, Field("value", \.value, "Value."), Field("idempotency_key", \.idempotencyKey, "Key."))
    static let name = "update"
    static let role = Role.operator
    static let effect = Effect.changes
    static let faults: [Fault.Kind] = [.conflict]
    static let doc = Doc("Update.")
    static let example = Update(value: 1)
    typealias Reply = Int
}

/// A connection that keeps what it is told.
final class Recorder: Connection {
    private let lines = Mutex<[String]>([])
    var sent: [String] { lines.withLock { $0 } }
    func send(_ line: String) async throws(CancellationError) { lines.withLock { $0.append(line) } }
    func release(_ name: String) -> Bool { false }
    func cancel(_ id: RequestID) -> Bool { false }
    func reserve(_ stem: String, atMost limit: Int) -> String? { nil }
}

/// A router of those methods; `updated` gets the values of updates that were executed.
func fixtureRouter(updated: @escaping @Sendable (Int) -> Void = { _ in }) throws -> Router {
    var handlers = Handlers()
    handlers.on(Subtract.self) { ask, _ throws(Fault) in ask.minuend - ask.subtrahend }
    handlers.on(GetData.self) { _, _ throws(Fault) in ["hello", 5] }
    handlers.on(Update.self) { ask, _ throws(Fault) in
        if ask.value == 0 { throw Fault(.conflict, "Not zero.") }
        if ask.value < 0 { throw Fault(.notFound, "Not declared.") }
        updated(ask.value)
        return ask.value
    }
    return try Router(handlers, catalogue: Catalogue(methods: [Subtract.self, GetData.self, Update.self]))
}

extension Router {
    /// The answer to one line, read again; nil when there is none.
    func answer(_ line: String, as role: Role? = .operator) async throws -> JSONValue? {
        let caller = Caller(uid: 1000, gid: 1000, groups: [], role: role)
        let answer = await read(Array(line.utf8)).answer(caller, on: Recorder())
        return try answer.line.map { try JSONValue.parse($0) }
    }
}
