import WaproCore
import WaproRPC
import WaproStore

/// A call with an idempotency key: what an earlier one was answered, and that of this one for later.
struct KeyedCall<M: ChangingMethod>: Sendable {
    private let key: String
    private let caller: Int64
    private let parameters: [UInt8]

    /// Nil for a call without a key.
    init?(_ ask: M, _ call: Call) {
        guard let key = ask.idempotencyKey else { return nil }
        (self.key, caller, parameters) = (key, call.caller.keyOwner, Array(Changes.told(of: ask).compact.utf8))
    }

    /// What the call was answered when it was made before; a fault when the key was used for another one.
    func earlier(_ snapshot: Snapshot) throws -> M.Reply? {
        switch try snapshot.earlierCall(of: caller, method: M.name, key: key, parameters: parameters) {
        case .none: nil
        case .answered(let answer): try Self.read(answer)
        case .conflict:
            throw Fault.usedKey("another \(M.name)")
        }
    }

    /// Keeps the answer in the commit of what the call did.
    func keep(_ reply: M.Reply, _ transaction: Transaction) throws {
        guard let answer = reply.encoded.map({ M.Reply.wireType.blanked($0).compact }) else { return }
        try transaction.keepAnswer(answer, of: caller, method: M.name, key: key, parameters: parameters)
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
