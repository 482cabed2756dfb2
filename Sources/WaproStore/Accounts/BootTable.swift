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
    /// No daemon ever had this store.
    func isNew() throws -> Bool {
        try db.row("SELECT 1 FROM boot LIMIT 1") == nil
    }

    /// The pair limit looks back a few minutes: as long as the time before this start is in sight, messages are looked up.
    func rememberPairs() throws {
        // The latest of many, not the last: the clock may have been put back since, and may be put forward again.
        let last = try db.row("SELECT max(at) AS at FROM (SELECT at FROM event ORDER BY seq DESC LIMIT 1000)")?.time(orNil: "at")
        memory.pairs.looksUpUntil = try isNew() ? nil : max(last ?? now, now).advanced(by: PairLedger.memory)
    }

    /// A clock that was far ahead has left moments that are yet to come: they would hold back until then what counts only a day. Nearer ones
    /// pass by themselves, and the clock may come back to them.
    func forgetTheFuture() throws {
        let day: Int64 = 86_400_000
        try db.run("UPDATE reach SET at = ?1 WHERE at > ?2", [now.milliseconds, now.milliseconds + day])
        try db.run("UPDATE message SET updated_at = ?1 WHERE state = 3 AND updated_at > ?2", [now.milliseconds, now.milliseconds + day])
        let (hour, far) = (now.milliseconds / 3_600_000, (now.milliseconds + day) / 3_600_000)
        try db.run(
            """
            INSERT INTO campaign_hour (campaign, hour, count)
            SELECT campaign, ?1, sum(count) FROM campaign_hour WHERE hour > ?2 GROUP BY campaign
            ON CONFLICT DO UPDATE SET count = count + excluded.count
            """,
            [hour, far]
        )
        try db.run("DELETE FROM campaign_hour WHERE hour > ?", [far])
    }

    /// Records this start of the daemon; intents are stamped with it.
    func beginBoot(version: String) throws -> BootID {
        let boot = mint(BootID.self)
        try db.run("INSERT INTO boot (id, started_at, version) VALUES (?, ?, ?)", [boot.rawValue, now.milliseconds, version])
        return boot
    }
}
