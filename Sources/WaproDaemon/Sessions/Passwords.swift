import Dispatch
import Synchronization
import WaproCore
import WaproRPC

/// Makes and compares the hashes of passwords, one after the other and away from everybody else's threads: each takes a core for as long as
/// a thousand calls do.
final class Passwords: Sendable {
    /// Of all that wait. Whoever floods it is told to come back; so is everybody else, for as long.
    private static let limit = 16
    static let lengths = 8...256

    private let queue = DispatchQueue(label: "waprod.passwords", qos: .utility)
    private let waiting = Mutex(0)
    private let costLog2: Int
    /// Compared with when there is no such user, so that it takes as long as for one that there is.
    private let nobody: PasswordHash?

    /// - Parameter costLog2: less than it should be is for tests.
    init(costLog2: Int = PasswordHash.costLog2) {
        self.costLog2 = costLog2
        nobody = PasswordHash(
            text: "scrypt$\(costLog2)$8$5$\(Hexadecimal.text(of: randomBytes(16)))$\(Hexadecimal.text(of: randomBytes(32)))"
        )
    }

    /// What is kept of a new password.
    func hash(_ password: Secret, field: String) async throws(Fault) -> String {
        guard Self.lengths.contains(password.revealed.unicodeScalars.count) else {
            throw Fault(
                .invalidParameters,
                "\(field) must have \(Self.lengths.lowerBound) to \(Self.lengths.upperBound) characters.",
                field: field
            )
        }
        return try await run { [costLog2] in try PasswordHash(password, costLog2: costLog2).text }
    }

    /// - Parameter kept: nil when there is no such user, and then it is false.
    func matches(_ password: Secret, _ kept: String?) async throws(Fault) -> Bool {
        let hash = kept.flatMap { PasswordHash(text: $0) }
        guard let compared = hash ?? nobody else { return false }
        return try await run { try compared.matches(password) && hash != nil }
    }

    private func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws(Fault) -> Value {
        let isFull = waiting.withLock { waiting in
            guard waiting < Self.limit else { return true }
            waiting += 1
            return false
        }
        guard !isFull else { throw Fault(.overloaded, "Too many people log in at once.", retryAfterMilliseconds: 1000) }
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            queue.async {
                let result = Result { try body() }
                self.waiting.withLock { $0 -= 1 }
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
