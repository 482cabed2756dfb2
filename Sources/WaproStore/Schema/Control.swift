extension Migrations {
    /// What control needs: the audit log.
    static let control = """
        -- Append-only, each entry sealed by the one before it: see AuditTable.swift.
        CREATE TABLE audit (
            seq INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            uid INTEGER NOT NULL,
            role TEXT,
            user TEXT,
            method TEXT NOT NULL,
            subject TEXT,
            digest BLOB NOT NULL,
            outcome TEXT NOT NULL,
            uncounted INTEGER NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE INDEX audit_hash ON audit (hash);
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """
}
