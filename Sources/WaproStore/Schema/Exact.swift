extension Migrations {
    /// What exact sending needs beside the foundation: holds, who was reached in the last day, doubt that waits for a person, messages that
    /// others sent, how often Meta asked to wait.
    static let exact = """
        -- 0 everything, 1 an account, 2 a number: nothing of it leaves until it is released.
        CREATE TABLE hold (
            scope INTEGER NOT NULL CHECK (scope IN (0, 1, 2)),
            subject INTEGER NOT NULL,
            because INTEGER NOT NULL,
            detail TEXT,
            since INTEGER NOT NULL,
            PRIMARY KEY (scope, subject)
        ) STRICT, WITHOUT ROWID;

        -- Whom a portfolio wrote to first, when last: counted against Meta's limit of people in 24 hours. Kept only where there is one.
        CREATE TABLE reach (
            portfolio INTEGER NOT NULL REFERENCES portfolio,
            contact INTEGER NOT NULL REFERENCES contact,
            at INTEGER NOT NULL,
            PRIMARY KEY (portfolio, contact)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reach_at ON reach (portfolio, at);
        ALTER TABLE portfolio ADD COLUMN reached INTEGER NOT NULL DEFAULT 0 CHECK (reached >= 0);

        ALTER TABLE campaign ADD COLUMN daily_cap INTEGER CHECK (daily_cap > 0);
        ALTER TABLE campaign ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;
        -- Messages of a campaign, by the hour in which they were claimed (Unix time / 3,600 s).
        CREATE TABLE campaign_hour (
            campaign INTEGER NOT NULL REFERENCES campaign,
            hour INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (campaign, hour)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE message ADD COLUMN is_marketing INTEGER NOT NULL DEFAULT 0;
        UPDATE message SET is_marketing = 1
            WHERE campaign IN (SELECT id FROM campaign WHERE json_extract(definition, '$.category') = 'MARKETING');
        -- How often in a row Meta refused it with the same code, and that code.
        ALTER TABLE message ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE message ADD COLUMN tries_of INTEGER;
        -- When a person was asked about a message in doubt.
        ALTER TABLE message ADD COLUMN listed_at INTEGER;
        -- Sent by another application or from the phone: never ours to send.
        ALTER TABLE message ADD COLUMN is_foreign INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX campaign_cancelled ON campaign (id) WHERE state = 6;
        CREATE INDEX message_doubt_campaign ON message (campaign) WHERE state = 3;

        -- When a person last released a store that did not know all that it had sent.
        ALTER TABLE store ADD COLUMN released_at INTEGER;

        -- Statuses of messages that this store did not send, a number and kind.
        CREATE TABLE foreign_status (
            number INTEGER NOT NULL REFERENCES number,
            fact INTEGER NOT NULL,
            count INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            PRIMARY KEY (number, fact)
        ) STRICT, WITHOUT ROWID;
        """
}
