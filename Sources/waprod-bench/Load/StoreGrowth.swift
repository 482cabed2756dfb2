/// Years of use in a minute: old campaigns with their people, messages and history, written by SQL into the store of a daemon that is away.
enum StoreGrowth {
    /// As many campaigns have the messages between them; each went to the same people.
    static let campaigns = 10
    /// What a stored message takes at most with its history and indexes, bytes.
    static let bytesOfMessage = 600

    static func name(_ index: Int) -> String { "grown-\(index)" }

    /// The n-th of the people who got them.
    static func phone(_ index: Int) -> String { "4915\(170_000_000 + index)" }

    /// - Parameter template: the name of a campaign that exists: theirs are like it.
    static func fill(_ path: String, messages: Int, like template: String) throws {
        let people = messages / campaigns
        let db = try RawSQLite(path)
        defer { db.close() }
        let event = try db.number("SELECT last_event FROM store")
        func numbers(_ count: Int) -> String {
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))"
        }
        try db.run("PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576; BEGIN")
        // Identifiers below those that a daemon makes: what is old is small.
        try db.run(
            """
            INSERT INTO contact (id, phone, name, created_at, updated_at)
            \(numbers(people)) SELECT i, 4915170000000 + i, 'Person ' || i, 0, 0 FROM n
            """
        )
        for index in 0..<campaigns {
            let (id, first) = (index + 1, index * people)
            try db.run(
                """
                INSERT INTO campaign (id, name, number, template, definition, parameters, state, created_at, started_at, finished_at, is_frozen,
                    total)
                SELECT \(id), '\(name(index))', number, template, definition, parameters, 5, 0, 0, 0, 1, \(people)
                FROM campaign WHERE name = '\(template)';
                INSERT INTO campaign_count VALUES (\(id), 7, \(people));
                INSERT INTO message (id, is_inbound, campaign, contact, number, state, due_at, attempt, boot, intent_at, wamid, because, kind,
                    created_at, updated_at)
                \(numbers(people)) SELECT \(first) + i, 0, \(id), i, (SELECT min(id) FROM number), 7, 0, 1, (SELECT min(id) FROM boot), 0,
                    'wamid.GROWN' || (100000000 + \(first) + i), 5, 'template', 0, 0 FROM n;
                INSERT INTO recipient (campaign, contact, message) \(numbers(people)) SELECT \(id), i, \(first) + i FROM n;
                INSERT INTO event (seq, at, topic, message, campaign, contact, from_state, to_state, because)
                \(numbers(people / 2)) SELECT \(event) + \(index * (people / 2)) + i, strftime('%s', 'now') * 1000, 1, \(first) + 2 * i, \(id),
                    2 * i, 6, 7, 5 FROM n;
                """
            )
        }
        try db.run(
            """
            UPDATE store SET last_event = \(event + campaigns * (people / 2)); COMMIT;
            PRAGMA wal_checkpoint(TRUNCATE);
            """
        )
    }
}
