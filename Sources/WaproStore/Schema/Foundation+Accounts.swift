extension Migrations {
    /// The store itself, its starts, and who owns what at Meta.
    static let foundationAccounts = """
        PRAGMA application_id = 2002874482;

        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            name TEXT NOT NULL CHECK (length(name) = 8),
            created_at INTEGER NOT NULL,
            last_id INTEGER NOT NULL,
            last_event INTEGER NOT NULL,
            commits INTEGER NOT NULL
        ) STRICT;
        INSERT INTO store VALUES (1, lower(hex(randomblob(4))), CAST(strftime('%s', 'now') AS INTEGER) * 1000, 0, 0, 0);

        CREATE TABLE boot (
            id INTEGER PRIMARY KEY,
            started_at INTEGER NOT NULL,
            version TEXT NOT NULL
        ) STRICT;

        CREATE TABLE portfolio (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE app (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE account (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            waba_id TEXT NOT NULL UNIQUE,
            portfolio INTEGER NOT NULL REFERENCES portfolio,
            app INTEGER NOT NULL REFERENCES app,
            templates_synced_at INTEGER
        ) STRICT;

        CREATE TABLE number (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            phone_number_id TEXT NOT NULL UNIQUE,
            account INTEGER NOT NULL REFERENCES account,
            display_number TEXT,
            verified_name TEXT,
            quality TEXT,
            status TEXT,
            messaging_limit TEXT,
            throughput INTEGER NOT NULL DEFAULT 80 CHECK (throughput > 0),
            rate INTEGER CHECK (rate > 0),
            halted INTEGER,
            refreshed_at INTEGER
        ) STRICT;

        """
}
