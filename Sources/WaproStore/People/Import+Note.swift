import GRDB
public import WaproCore

extension Transaction {
    /// As `note`, but keeps no further faults once `limit` are stored; refused rows are counted exactly all the same.
    public func note(_ progress: ImportProgress, faults: [ImportFault], of id: ImportID, keepingFaults limit: Int) throws {
        let refused: Int = try db.row("SELECT refused FROM import WHERE id = ?", [id.rawValue])?["refused"] ?? 0
        try note(progress, faults: Array(faults.prefix(max(0, limit - refused))), of: id)
    }
}
