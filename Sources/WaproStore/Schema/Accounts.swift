extension Migrations {
    /// What accounts by command need. Their secrets are files beside the database, never rows.
    static let accounts = """
        -- Of an account: 0 the configuration has it, 1 a command added it. Of an app the same.
        ALTER TABLE account ADD COLUMN origin INTEGER NOT NULL DEFAULT 0 CHECK (origin IN (0, 1));
        -- Grows when another access token takes the place of the one before.
        ALTER TABLE account ADD COLUMN credentials INTEGER NOT NULL DEFAULT 0;
        -- When those came into use, in ms: what Meta refuses to a message that was handed over before says nothing of them.
        ALTER TABLE account ADD COLUMN credentials_at INTEGER NOT NULL DEFAULT 0;
        -- Whether anything may be sent from it: 0 once waprod.yaml has it no longer, and for one that a command left out.
        ALTER TABLE number ADD COLUMN in_use INTEGER NOT NULL DEFAULT 1 CHECK (in_use IN (0, 1));
        -- Whether what stopped it is a cause of the credentials, so that others lift it. The code alone does not say.
        ALTER TABLE number ADD COLUMN halted_credentials INTEGER NOT NULL DEFAULT 0 CHECK (halted_credentials IN (0, 1));
        ALTER TABLE app ADD COLUMN origin INTEGER NOT NULL DEFAULT 0 CHECK (origin IN (0, 1));
        -- Meta's id of an app that a command added, where it is known.
        ALTER TABLE app ADD COLUMN meta_id TEXT;
        -- Whether every request carries a proof of the app's secret.
        ALTER TABLE app ADD COLUMN proves_secret INTEGER NOT NULL DEFAULT 0 CHECK (proves_secret IN (0, 1));
        -- Grows when a command gives it other secrets.
        ALTER TABLE app ADD COLUMN secrets INTEGER NOT NULL DEFAULT 0;
        """
}
