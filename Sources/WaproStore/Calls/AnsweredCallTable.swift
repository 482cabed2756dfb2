import FoundationEssentials
import GRDB
import WaproCore

/// What is known of an earlier call with the same idempotency key.
public enum EarlierCall: Sendable, Hashable {
    case none
    /// The same call: this was its answer.
    case answered(String)
    /// The key was used for other parameters.
    case conflict
}

extension Snapshot {
    /// - Parameters:
    ///   - caller: who called: a user id, or a named user's identifier below zero.
    ///   - parameters: the call's parameters without the key and without secrets.
    public func earlierCall(of caller: Int64, method: String, key: String, parameters: [UInt8]) throws -> EarlierCall {
        guard
            let row = try db.row(
                "SELECT parameters, answer FROM answered_call WHERE caller = ? AND method = ? AND key = ?",
                [caller, method, key]
            )
        else { return .none }
        return [UInt8](row["parameters"] as Data) == parameters ? .answered(row["answer"]) : .conflict
    }
}

extension Transaction {
    /// Keeps the answer in the same commit as what the call did.
    public func keepAnswer(_ answer: String, of caller: Int64, method: String, key: String, parameters: [UInt8]) throws {
        try db.run(
            "INSERT INTO answered_call (caller, method, key, parameters, answer, at) VALUES (?, ?, ?, ?, ?, ?)",
            [caller, method, key, Data(parameters), answer, now.milliseconds]
        )
    }

    /// Forgets answers older than `age`. Returns how many went.
    public func pruneAnswers(olderThan age: Duration, limit: Int) throws -> Int {
        let rows = try db.rows(
            "SELECT caller, method, key FROM answered_call WHERE at < ? ORDER BY at LIMIT ?",
            [now.advanced(by: .zero - age).milliseconds, limit]
        )
        for row in rows {
            try db.run(
                "DELETE FROM answered_call WHERE caller = ? AND method = ? AND key = ?",
                [row["caller"] as Int64, row["method"] as String, row["key"] as String]
            )
        }
        return rows.count
    }
}
