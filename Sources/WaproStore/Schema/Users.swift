extension Migrations {
    /// People for whom tools call, and their sessions.
    static let users = """
        CREATE TABLE user (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            full_name TEXT,
            email TEXT,
            role TEXT NOT NULL,
            disabled INTEGER NOT NULL,
            password TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            last_login_at INTEGER
        ) STRICT;

        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            user INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
            uid INTEGER NOT NULL,
            token BLOB NOT NULL UNIQUE,
            role TEXT NOT NULL,
            methods TEXT,
            label TEXT,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX session_by_user ON session (user, id);
        CREATE INDEX session_by_end ON session (expires_at);
        """
}
