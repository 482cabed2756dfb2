import Crypto
import Dispatch
import Logging
import WaproCore
import WaproReceiving
import WaproStore

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

let shop = Listener.App(name: "shop", secrets: [Secret("current"), Secret("previous")], verifyToken: Secret("open sesame"))

extension Listener.Limits {
    /// A busy machine keeps a test waiting longer than anybody should keep a server waiting.
    static var patient: Self {
        var limits = Self()
        (limits.idle, limits.header, limits.body) = (.seconds(300), .seconds(300), .seconds(300))
        (limits.answer, limits.waitingAge) = (.seconds(300), .seconds(300))
        return limits
    }
}

/// Runs a listener on a free port for as long as `body` runs.
func withListener<Value: Sendable>(
    _ store: Store,
    limits: Listener.Limits = .patient,
    sockets: [Listener.Socket] = [.address(host: "127.0.0.1", port: 0)],
    _ body: (Listener, Int) async throws -> Value
) async throws -> Value {
    let listener = try await Listener(.init(apps: [shop], sockets: sockets, limits: limits, threads: 1), store: store, logger: silent)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await listener.run() }
        let value = try await body(listener, listener.port ?? 0)
        group.cancelAll()
        try await group.waitForAll()
        return value
    }
}

/// A signed webhook as Meta sends it.
func post(_ body: String, to path: String = "/webhook/shop", secret: String = "current", headers: String = "") -> String {
    """
    POST \(path) HTTP/1.1\r
    host: example.test\r
    content-type: application/json\r
    content-length: \(body.utf8.count)\r
    x-hub-signature-256: \(signature(of: body, secret: secret))\r
    \(headers)\r
    \(body)
    """
}

func signature(of body: String, secret: String) -> String {
    let digits = Array("0123456789abcdef")
    let code = HMAC<SHA256>.authenticationCode(for: Array(body.utf8), using: SymmetricKey(data: Array(secret.utf8)))
    return "sha256=" + code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
}

func get(_ target: String) -> String {
    "GET \(target) HTTP/1.1\r\nhost: example.test\r\n\r\n"
}

/// Keeps the store's writer busy until it is let go.
final class HeldWriter: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(_ store: Store) async {
        let gate = gate
        await withCheckedContinuation { continuation in
            store.submit(.control) { _ in
                continuation.resume()
                gate.wait()
            } done: { _ in
            }
        }
    }

    func letGo() { gate.signal() }
}

/// Gives way until `condition` holds.
func until(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(1)) }
}

extension Store {
    func journal() async throws -> JournalSize { try await read { try $0.journalSize() } }
}
