extension Migrations {
    /// The webhook journal, what it leaves behind, and the answers to calls that were made with an idempotency key.
    static let foundationReceiving = """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY,
            app TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            body BLOB NOT NULL,
            -- 0 waiting, 1 applied, 2 quarantined
            state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
            tries INTEGER NOT NULL DEFAULT 0,
            reason TEXT
        ) STRICT;
        CREATE INDEX journal_waiting ON journal (id) WHERE state = 0;
        CREATE INDEX journal_applied ON journal (id) WHERE state = 1;
        CREATE INDEX journal_quarantined ON journal (id) WHERE state = 2;

        -- One row: sizes are kept, never counted.
        CREATE TABLE journal_size (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            waiting INTEGER NOT NULL CHECK (waiting >= 0),
            quarantined INTEGER NOT NULL CHECK (quarantined >= 0),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            last_at INTEGER
        ) STRICT;
        INSERT INTO journal_size VALUES (1, 0, 0, 0, NULL);

        -- Inbound messages by wamid: one that comes twice is stored once, also after its journal row is gone.
        CREATE UNIQUE INDEX message_inbound_wamid ON message (wamid) WHERE is_inbound = 1;

        -- What is neither a message nor a status: the digest of each change, so that a repeat changes nothing.
        CREATE TABLE seen_change (
            digest BLOB PRIMARY KEY,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX seen_change_at ON seen_change (at);

        -- How often each kind of change came, known or not.
        CREATE TABLE change_count (
            field TEXT PRIMARY KEY,
            is_known INTEGER NOT NULL CHECK (is_known IN (0, 1)),
            count INTEGER NOT NULL,
            last_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE conversation (
            number INTEGER NOT NULL REFERENCES number,
            contact INTEGER NOT NULL REFERENCES contact,
            last_inbound_at INTEGER NOT NULL,
            PRIMARY KEY (number, contact)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE answered_call (
            caller INTEGER NOT NULL,
            method TEXT NOT NULL,
            key TEXT NOT NULL,
            parameters BLOB NOT NULL,
            answer TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (caller, method, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX answered_call_at ON answered_call (at);
        """
}
