public import Logging

extension Configuration {
    /// `store`: the SQLite file that is the truth.
    public struct Store: Sendable, Hashable {
        /// `store.path`: an absolute path, or `:memory:` (development only: nothing survives the process).
        public var path = "/var/lib/waprod/waprod.db"
        /// `store.cache_size`: bytes of page cache of the connection that writes.
        public var cacheSize = 16 << 20
        /// `store.readers`: connections that read beside the one that writes.
        public var readers = 4

        public var isInMemory: Bool { path == ":memory:" }
    }

    /// `retention`: how long what is only kept for looking back stays, so that the disk is bounded.
    ///
    /// Duplicate detection needs none of it: it outlasts Meta's seven days of retries by itself.
    public struct Retention: Sendable, Hashable {
        /// `retention.journal_days`: days that the raw body of an applied webhook is kept.
        public var journalDays = 3
        /// `retention.journal_bytes`: bytes of applied webhook bodies kept, whatever their age.
        public var journalBytes = 2 << 30
        /// `retention.quarantine_days`: days that a webhook which could not be read is kept.
        public var quarantineDays = 14
        /// `retention.events_days`: days that events can be replayed to subscribers.
        public var eventsDays = 14
        /// `retention.events_rows`: events kept at most, whatever their age.
        public var eventsRows = 10_000_000
    }

    /// `log`: what is written to the journal or to standard error.
    public struct Log: Sendable, Hashable {
        /// `log.level`: the least severe level that is written.
        public var level = Logger.Level.info
    }
}
