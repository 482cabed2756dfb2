extension Migrations {
    /// Contacts, lists, imports, templates.
    static let foundationPeople = """
        CREATE TABLE contact (
            id INTEGER PRIMARY KEY,
            phone INTEGER UNIQUE CHECK (phone > 0),
            wa_id INTEGER,
            user_id TEXT,
            portfolio INTEGER REFERENCES portfolio,
            name TEXT,
            profile_name TEXT,
            attributes TEXT NOT NULL DEFAULT '{}',
            opted_out_at INTEGER,
            last_inbound_at INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK (phone IS NOT NULL OR user_id IS NOT NULL)
        ) STRICT;
        CREATE INDEX contact_wa_id ON contact (wa_id) WHERE wa_id IS NOT NULL;
        CREATE UNIQUE INDEX contact_user_id ON contact (portfolio, user_id) WHERE user_id IS NOT NULL;

        CREATE TABLE list (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            members INTEGER NOT NULL DEFAULT 0 CHECK (members >= 0),
            created_at INTEGER NOT NULL
        ) STRICT;

        -- added is an identifier, so it orders memberships in time; freezing takes those that are not later than its mark.
        CREATE TABLE list_member (
            list INTEGER NOT NULL REFERENCES list,
            contact INTEGER NOT NULL REFERENCES contact,
            added INTEGER NOT NULL,
            PRIMARY KEY (list, contact)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX list_member_contact ON list_member (contact);

        CREATE TABLE import (
            id INTEGER PRIMARY KEY,
            list INTEGER REFERENCES list,
            default_region TEXT,
            file_name TEXT,
            state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
            pieces INTEGER NOT NULL DEFAULT 0,
            lines INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL DEFAULT 0,
            updated INTEGER NOT NULL DEFAULT 0,
            unchanged INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0,
            reason TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE import_fault (
            import INTEGER NOT NULL REFERENCES import,
            line INTEGER NOT NULL,
            field TEXT,
            reason TEXT NOT NULL,
            PRIMARY KEY (import, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE template (
            id INTEGER PRIMARY KEY,
            account INTEGER NOT NULL REFERENCES account,
            meta_id TEXT,
            name TEXT NOT NULL,
            language TEXT NOT NULL,
            category TEXT NOT NULL,
            status TEXT NOT NULL,
            quality TEXT,
            definition TEXT NOT NULL,
            is_gone INTEGER NOT NULL DEFAULT 0 CHECK (is_gone IN (0, 1)),
            updated_at INTEGER NOT NULL,
            UNIQUE (account, name, language)
        ) STRICT;

        """
}
