import GRDB
public import WaproCore

/// A business phone number: what is configured, and what Meta last said of it.
public struct NumberRecord: Sendable, Hashable {
    public let id: NumberID
    public let name: String
    /// Meta's id of the number; webhooks are routed on it.
    public let phoneNumberID: String
    public let account: AccountID
    public let accountName: String
    public let portfolio: PortfolioID
    public let portfolioName: String
    public let displayNumber: String?
    public let verifiedName: String?
    public let quality: String?
    public let status: String?
    public let messagingLimit: String?
    /// Messages a second that Meta allows it, inbound and outbound together.
    public let throughput: Int
    /// The configured rate in its place, messages a second.
    public let rate: Int?
    /// Meta's error code that stopped sending from it, until the next start, a release, or a campaign of its account is resumed.
    public let halted: Int?
    /// What stopped it is a cause of the account's credentials: others mend it.
    public let isHaltedForCredentials: Bool
    /// Nothing is sent from a number that waprod.yaml has no longer, or that a command left out.
    public let isInUse: Bool
    public let refreshedAt: Timestamp?
}

/// What Meta says of a number (whatsapp-cloud-api.md §5.1).
public struct NumberNews: Sendable, Hashable {
    public var displayNumber: String?
    public var verifiedName: String?
    public var quality: String?
    public var status: String?
    public var messagingLimit: String?
    public var throughput: Int

    public init(displayNumber: String?, verifiedName: String?, quality: String?, status: String?, messagingLimit: String?, throughput: Int)
    {
        (self.displayNumber, self.verifiedName, self.quality) = (displayNumber, verifiedName, quality)
        (self.status, self.messagingLimit, self.throughput) = (status, messagingLimit, throughput)
    }
}

extension Snapshot {
    private static let numberColumns = """
        SELECT n.*, a.name AS account_name, a.portfolio, p.name AS portfolio_name
        FROM number n JOIN account a ON a.id = n.account JOIN portfolio p ON p.id = a.portfolio
        """

    public func numbers() throws -> [NumberRecord] {
        try db.rows("\(Self.numberColumns) ORDER BY n.id").map(NumberRecord.init)
    }

    public func number(_ id: NumberID) throws -> NumberRecord? {
        try db.row("\(Self.numberColumns) WHERE n.id = ?", [id.rawValue]).map(NumberRecord.init)
    }

    /// By wapro's id, Meta's id or the configured name. A name may have been that of another number before, which is not in use any more.
    public func number(_ text: String) throws -> NumberRecord? {
        if let id = NumberID(text) { return try number(id) }
        let found = "WHERE n.phone_number_id = ?1 OR n.name = ?1 ORDER BY n.in_use DESC, n.id DESC LIMIT 1"
        return try db.row("\(Self.numberColumns) \(found)", [text]).map(NumberRecord.init)
    }
}

extension NumberRecord {
    init(_ row: Row) {
        id = row.id("id")
        name = row["name"]
        phoneNumberID = row["phone_number_id"]
        account = row.id("account")
        accountName = row["account_name"]
        portfolio = row.id("portfolio")
        portfolioName = row["portfolio_name"]
        displayNumber = row["display_number"]
        verifiedName = row["verified_name"]
        quality = row["quality"]
        status = row["status"]
        messagingLimit = row["messaging_limit"]
        throughput = row["throughput"]
        rate = row["rate"]
        halted = row["halted"]
        isHaltedForCredentials = row["halted_credentials"]
        isInUse = row["in_use"]
        refreshedAt = row.time(orNil: "refreshed_at")
    }
}

extension Transaction {
    public func refresh(_ number: NumberID, with news: NumberNews) throws {
        try db.run(
            """
            UPDATE number SET display_number = ?, verified_name = ?, quality = ?, status = ?, messaging_limit = coalesce(?, messaging_limit), throughput = ?,
                refreshed_at = ? WHERE id = ?
            """,
            [
                news.displayNumber, news.verifiedName, news.quality, news.status, news.messagingLimit, news.throughput, now.milliseconds,
                number.rawValue,
            ]
        )
    }

    /// Stops, or with nil allows again, sending from a number.
    ///
    /// - Parameter isOfCredentials: other credentials of its account mend it.
    public func halt(_ number: NumberID, code: Int?, isOfCredentials: Bool = false) throws {
        let changed = try db.run(
            """
            UPDATE number SET halted = ?1, halted_credentials = ?3
            WHERE id = ?2 AND (halted IS NOT ?1 OR halted_credentials <> ?3)
            """,
            [code, number.rawValue, isOfCredentials]
        )
        guard changed > 0 else { return }
        try record(.init(topic: .number, because: code == nil ? .asked : .metaHalted, code: code, detail: number.description))
        if code != nil { stop(.number(number)) }
        ringWork()
    }
}
