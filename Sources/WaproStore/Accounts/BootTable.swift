import GRDB
import WaproCore

extension Snapshot {
    func storeName() throws -> String {
        try String.fetchOne(db, sql: "SELECT name FROM store") ?? ""
    }

    /// How far the store has come: what a dashboard shows.
    public func storeSize() throws -> (databaseBytes: Int, firstEvent: Int64, lastEvent: Int64) {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let pageBytes = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        let first = try Int64.fetchOne(db, sql: "SELECT min(seq) FROM event") ?? 0
        return (pages * pageBytes, first, try lastEvent())
    }
}

extension Transaction {
    /// Records this start of the daemon; intents are stamped with it.
    func beginBoot(version: String) throws -> BootID {
        let boot = mint(BootID.self)
        try db.run("INSERT INTO boot (id, started_at, version) VALUES (?, ?, ?)", [boot.rawValue, now.milliseconds, version])
        return boot
    }
}
