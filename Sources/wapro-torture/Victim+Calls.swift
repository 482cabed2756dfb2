import WaproRPC
import WaproWire

extension Victim {
    func call<Value: Sendable>(_ body: @escaping @Sendable (Client<LineClient>) async throws -> Value) async throws -> Value {
        try await UnixClient.connect("\(folder)/control.sock", body)
    }

    /// Calls, and repeats the same call until it is answered: while it is dead, when it died before it answered, when it asks to come back.
    /// Throws what it refuses, and the last failure when two minutes were not enough.
    func insist<Value: Sendable>(_ body: @escaping @Sendable (Client<LineClient>) async throws -> Value) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            do {
                return try await call(body)
            } catch CallFailure.fault(let fault) where !fault.retryable && fault.kind != .outcomeUnknown {
                throw CallFailure.fault(fault)
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Waits until it answers.
    func waitUntilReady() async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while (try? await call { _ = try await $0(SystemPing()) }) == nil {
            try checkAlive()
            guard ContinuousClock.now < deadline else { throw Failure(words: "waprod did not come up") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
