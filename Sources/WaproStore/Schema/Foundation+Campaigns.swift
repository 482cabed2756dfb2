extension Migrations {
    /// Campaigns, their audiences, messages and attempts, and the event log.
    static let foundationCampaigns = """
        CREATE TABLE campaign (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            number INTEGER NOT NULL REFERENCES number,
            template INTEGER NOT NULL REFERENCES template,
            definition TEXT NOT NULL,
            list INTEGER REFERENCES list,
            parameters TEXT NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7),
            held_because INTEGER,
            held_code INTEGER,
            rate INTEGER CHECK (rate > 0),
            expires_at INTEGER,
            created_at INTEGER NOT NULL,
            start_at INTEGER,
            started_at INTEGER,
            finished_at INTEGER,
            -- The audience: everybody in it not later than the mark, in order of contact, as far as the cursor.
            freeze_mark INTEGER,
            freeze_cursor INTEGER NOT NULL DEFAULT 0,
            is_frozen INTEGER NOT NULL DEFAULT 0 CHECK (is_frozen IN (0, 1)),
            total INTEGER NOT NULL DEFAULT 0 CHECK (total >= 0),
            replies INTEGER NOT NULL DEFAULT 0,
            expand_cursor INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX campaign_scheduled ON campaign (start_at) WHERE state = 1;
        CREATE INDEX campaign_sending ON campaign (id) WHERE state IN (2, 3);
        CREATE INDEX campaign_template ON campaign (template, started_at);

        CREATE TABLE campaign_count (
            campaign INTEGER NOT NULL REFERENCES campaign,
            state INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (campaign, state)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE campaign_failure (
            campaign INTEGER NOT NULL REFERENCES campaign,
            code INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (campaign, code)
        ) STRICT, WITHOUT ROWID;

        -- The frozen audience: one small row a person, and so at most one message of a campaign for each.
        CREATE TABLE recipient (
            campaign INTEGER NOT NULL REFERENCES campaign,
            contact INTEGER NOT NULL REFERENCES contact,
            message INTEGER REFERENCES message,
            has_replied INTEGER NOT NULL DEFAULT 0 CHECK (has_replied IN (0, 1)),
            PRIMARY KEY (campaign, contact)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE message (
            id INTEGER PRIMARY KEY,
            is_inbound INTEGER NOT NULL CHECK (is_inbound IN (0, 1)),
            campaign INTEGER REFERENCES campaign,
            contact INTEGER NOT NULL REFERENCES contact,
            number INTEGER NOT NULL REFERENCES number,
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 12 OR state = 20),
            due_at INTEGER NOT NULL,
            not_after INTEGER,
            attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
            boot INTEGER REFERENCES boot,
            intent_at INTEGER,
            wamid TEXT,
            code INTEGER,
            because INTEGER NOT NULL,
            kind TEXT NOT NULL,
            content TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK ((state = 20) = is_inbound),
            CHECK (state <> 2 OR (attempt > 0 AND boot IS NOT NULL AND intent_at IS NOT NULL))
        ) STRICT;
        CREATE INDEX message_due_campaign ON message (campaign, due_at, id) WHERE state = 1 AND campaign IS NOT NULL;
        CREATE INDEX message_due_direct ON message (number, due_at, id) WHERE state = 1 AND campaign IS NULL;
        CREATE INDEX message_sending ON message (id) WHERE state = 2;
        CREATE INDEX message_in_doubt ON message (id) WHERE state = 3;
        CREATE INDEX message_wamid ON message (wamid) WHERE wamid IS NOT NULL;
        CREATE INDEX message_contact ON message (contact, id);

        -- Attempts that a later attempt of the same message replaced; the current one is in the message's own row.
        CREATE TABLE attempt (
            message INTEGER NOT NULL REFERENCES message,
            ordinal INTEGER NOT NULL CHECK (ordinal > 0),
            intent_at INTEGER NOT NULL,
            boot INTEGER NOT NULL REFERENCES boot,
            because INTEGER NOT NULL,
            code INTEGER,
            wamid TEXT,
            -- The latest status that Meta reported for this attempt.
            fact INTEGER,
            PRIMARY KEY (message, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attempt_wamid ON attempt (wamid) WHERE wamid IS NOT NULL;

        -- History and events are one row: numbers and references, no prose.
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            topic INTEGER NOT NULL,
            message INTEGER,
            campaign INTEGER,
            contact INTEGER,
            from_state INTEGER,
            to_state INTEGER,
            because INTEGER,
            code INTEGER,
            detail TEXT
        ) STRICT;
        CREATE INDEX event_message ON event (message) WHERE message IS NOT NULL;
        CREATE INDEX event_campaign ON event (campaign, seq) WHERE message IS NULL AND campaign IS NOT NULL;

        """
}
