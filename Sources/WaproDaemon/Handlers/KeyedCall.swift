import WaproCore
import WaproRPC
import WaproStore

/// A call with an idempotency key: what an earlier one was answered, and that of this one for later.
struct KeyedCall<M: ChangingMethod>: Sendable {
    private let key: String
    private let caller: Int64
    private let parameters: JSONValue

    /// Nil for a call without a key.
    init?(_ ask: M, _ call: Call) {
        guard let key = ask.idempotencyKey else { return nil }
        (self.key, caller, parameters) = (key, call.caller.keyOwner, Changes.told(of: ask))
    }

    /// What the call was answered when it was made before; a fault when the key was used for another one.
    func earlier(_ snapshot: Snapshot) throws -> M.Reply? {
        guard let earlier = try snapshot.answeredCall(of: caller, method: M.name, key: key) else { return nil }
        // By what they say: another version may write the same otherwise.
        guard let known = try? JSONValue.parse(earlier.parameters), known == parameters else { throw Fault.usedKey("another \(M.name)") }
        return try Self.read(earlier.answer)
    }

    /// Keeps the answer in the commit of what the call did.
    func keep(_ reply: M.Reply, _ transaction: Transaction) throws {
        guard let answer = reply.encoded.map({ M.Reply.wireType.blanked($0).compact }) else { return }
        try transaction.keepAnswer(answer, of: caller, method: M.name, key: key, parameters: Array(parameters.compact.utf8))
    }

    private static func read(_ answer: String) throws -> M.Reply {
        do {
            return try M.Reply.decode(try JSONValue.parse(Array(answer.utf8)), .tolerant)
        } catch {
            throw Fault(.internal, "The kept answer of the earlier call cannot be read.")
        }
    }
}

extension Fault {
    /// - Parameter other: what the key was used for.
    static func usedKey(_ other: String) -> Fault {
        Fault(
            .idempotencyConflict,
            "The idempotency key was used for \(other).",
            field: "idempotency_key",
            hint: "Make a new key for a new call."
        )
    }

    /// Of a secret nothing is kept with the key, so a repeated one is compared with the one that is in use.
    static let usedKeySecret = usedKey("another secret, or that one was changed since")
}
