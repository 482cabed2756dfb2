extension Migrations {
    /// What accounts by command need. Their secrets are files beside the database, never rows.
    static let accounts = """
        -- Of an account: 0 the configuration has it, 1 a command added it. Of an app the same.
        ALTER TABLE account ADD COLUMN origin INTEGER NOT NULL DEFAULT 0 CHECK (origin IN (0, 1));
        -- Grows when another access token takes the place of the one before.
        ALTER TABLE account ADD COLUMN credentials INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE app ADD COLUMN origin INTEGER NOT NULL DEFAULT 0 CHECK (origin IN (0, 1));
        -- Meta's id of an app that a command added, where it is known.
        ALTER TABLE app ADD COLUMN meta_id TEXT;
        -- Whether every request carries a proof of the app's secret.
        ALTER TABLE app ADD COLUMN proves_secret INTEGER NOT NULL DEFAULT 0 CHECK (proves_secret IN (0, 1));
        """
}
