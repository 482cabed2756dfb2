public import WaproCore

/// One line of the audit log.
public struct AuditInfo: Wire {
    public let seq: Int64
    public let at: Timestamp
    public let uid: Int64
    public let role: String?
    public let user: String?
    public let method: String
    public let subject: String?
    public let outcome: String
    public let uncounted: Int
    public let digest: String
    public let hash: String

    public init(
        seq: Int64,
        at: Timestamp,
        uid: Int64,
        role: String? = nil,
        user: String? = nil,
        method: String,
        subject: String? = nil,
        outcome: String,
        uncounted: Int,
        digest: String,
        hash: String
    ) {
        self.seq = seq
        self.at = at
        self.uid = uid
        self.role = role
        self.user = user
        self.method = method
        self.subject = subject
        self.outcome = outcome
        self.uncounted = uncounted
        self.digest = digest
        self.hash = hash
    }

    public static let shape = Shape(
        Self.init,
        Field("seq", \.seq, "Its number, from 1 and without gaps."),
        Field("at", \.at, "When."),
        Field("uid", \.uid, "The user id that the kernel said the caller had."),
        Field("role", \.role, "The caller's role; absent for somebody who has none."),
        Field("user", \.user, "The person for whom a tool called."),
        Field("method", \.method, "What was asked for."),
        Field("subject", \.subject, "What it was about, as the caller named it."),
        Field("outcome", \.outcome, "The word done, dry_run, or the slug of the fault with which it was refused."),
        Field("uncounted", \.uncounted, "Earlier refusals of the same caller that were too many to be listed one by one."),
        Field("digest", \.digest, "SHA-256 of the parameters, in hexadecimal."),
        Field("hash", \.hash, "SHA-256 of this line and of the hash before it, in hexadecimal.")
    )
}

/// List who changed what, and who was refused, the newest first.
public struct AuditList: PagedMethod {
    public let after: String?
    public let limit: Int?

    public init(after: String? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("after", \.after, "The next of an earlier page."),
        Field("limit", \.limit, "Lines at most; 100 unless given.", in: 1...1000)
    )

    public static let name = "audit.list"
    public static let role = Role.admin
    public static let effect = Effect.reads
    public static let doc = Doc(
        "List who changed what, and who was refused, the newest first.",
        details: "Every change is a line, written in the same commit. The pieces of an import are not lines of their own."
    )
    public static let example = AuditList(limit: 20)

    public typealias Reply = Page<AuditInfo>
    public typealias Place = Int64
}

/// Check that the audit log is as it was written.
public struct AuditVerify: Method {
    public let hash: String?

    public init(hash: String? = nil) {
        self.hash = hash
    }

    public static let shape = Shape(
        Self.init,
        Field("hash", \.hash, "A hash that was noted earlier, in hexadecimal: an entry must have it still.", length: 64...64)
    )

    /// The bytes that `hash` is written for.
    public var hashBytes: [UInt8]? { hash.flatMap { Hexadecimal.bytes(of: $0) } }

    public func validate() throws(Fault) {
        guard hash == nil || hashBytes != nil else {
            throw Fault(.invalidParameters, "hash must be 64 hexadecimal digits.", field: "hash")
        }
    }

    public static let name = "audit.verify"
    public static let role = Role.admin
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc(
        "Check that the audit log is as it was written.",
        details: """
            Every entry is sealed by the one before it, so a change in the middle shows. That entries are missing at the end shows only against a \
            hash that was kept elsewhere: the journal has that of each line.
            """
    )
    public static let example = AuditVerify()

    /// What was found.
    public struct Reply: Wire {
        public let intact: Bool
        public let entries: Int64
        public let hash: String
        public let brokenAt: Int64?

        public init(intact: Bool, entries: Int64, hash: String, brokenAt: Int64? = nil) {
            self.intact = intact
            self.entries = entries
            self.hash = hash
            self.brokenAt = brokenAt
        }

        public static let shape = Shape(
            Self.init,
            Field("intact", \.intact, "Whether every entry is as it was written."),
            Field("entries", \.entries, "Entries that are, from the first one on."),
            Field("hash", \.hash, "The hash of the last of them."),
            Field("broken_at", \.brokenAt, "The number of the first entry that was changed or is missing.")
        )
    }
}
