import Dispatch
import Synchronization
import WaproCore
import WaproRPC

/// Makes and compares the hashes of passwords, one after the other and away from everybody else's threads: each takes a core for as long as
/// a thousand calls do.
final class Passwords: Sendable {
    /// Of all that wait, and of those of one user id: nobody keeps the others from logging in.
    private static let limits = (all: 16, ofOne: 4)

    private let queue = DispatchQueue(label: "waprod.passwords", qos: .utility)
    private let waiting = Mutex<[UInt32: Int]>([:])
    private let costLog2: Int
    /// Compared with when there is no such user, so that it takes as long as for one that there is.
    private let nobodys: PasswordHash

    /// - Parameter costLog2: less than it should be is for tests.
    init(costLog2: Int = PasswordHash.costLog2) {
        self.costLog2 = costLog2
        nobodys = .nobodys(costLog2: costLog2)
    }

    /// What is kept of a new password.
    func hash(_ password: Secret, for caller: Caller) async throws(Fault) -> String {
        try await run(for: caller.uid) { [costLog2] in try PasswordHash(password, costLog2: costLog2).text }
    }

    /// - Parameter kept: nil when there is no such user, and then it is false.
    func matches(_ password: Secret, _ kept: String?, for caller: Caller) async throws(Fault) -> Bool {
        let hash = kept.flatMap { PasswordHash(text: $0) }
        return try await run(for: caller.uid) { [nobodys] in try (hash ?? nobodys).matches(password) && hash != nil }
    }

    private func run<Value: Sendable>(for uid: UInt32, _ body: @escaping @Sendable () throws -> Value) async throws(Fault) -> Value {
        let isFull = waiting.withLock { waiting in
            let own = waiting[uid, default: 0]
            guard own < Self.limits.ofOne, waiting.values.reduce(0, +) < Self.limits.all else { return true }
            waiting[uid] = own + 1
            return false
        }
        guard !isFull else { throw Fault(.overloaded, "Too many people log in at once.", retryAfterMilliseconds: 1000) }
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            queue.async {
                let result = Result { try body() }
                self.waiting.withLock { waiting in
                    waiting[uid] = waiting[uid].flatMap { $0 > 1 ? $0 - 1 : nil }
                }
                continuation.resume(returning: result)
            }
        }
        do {
            return try result.get()
        } catch {
            throw Fault(.internal, "The password could not be hashed; this is a defect of waprod, or there is no memory left.")
        }
    }
}
