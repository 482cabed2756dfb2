import FoundationEssentials
import GRDB
import WaproCore

extension Snapshot {
    /// What an earlier call with the same idempotency key had as parameters, without the key and without secrets, and what it was answered.
    ///
    /// - Parameter caller: who called: a user id, or a named user's identifier below zero.
    public func answeredCall(of caller: Int64, method: String, key: String) throws -> (parameters: [UInt8], answer: String)? {
        try db.row("SELECT parameters, answer FROM answered_call WHERE caller = ? AND method = ? AND key = ?", [caller, method, key])
            .map { ([UInt8]($0["parameters"] as Data), $0["answer"]) }
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
