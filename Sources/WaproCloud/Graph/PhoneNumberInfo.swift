/// A business number as Meta describes it (whatsapp-cloud-api.md §5.1). Words of Meta's enums are kept as they came: all are open.
public struct PhoneNumberInfo: Sendable, Hashable {
    public var id: String
    /// Formatted: `+44 20 7946 0123`.
    public var displayPhoneNumber: String?
    public var verifiedName: String?
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    public var qualityRating: String?
    /// `CONNECTED`, `FLAGGED`, `RESTRICTED`, `BANNED` and others.
    public var status: String?
    /// `STANDARD`, `HIGH`, `NOT_APPLICABLE`.
    public var throughputLevel: String?
    /// The number is also used in the phone app.
    public var isOnBusinessApp: Bool
    /// `TIER_250` … `TIER_UNLIMITED`: the portfolio's messaging limit a day.
    public var messagingLimit: String?
    /// Where its messages go in the place of the account's or the app's callback (§5.4); nil when those stand.
    public var callback: String?

    public init(
        id: String,
        displayPhoneNumber: String? = nil,
        verifiedName: String? = nil,
        qualityRating: String? = nil,
        status: String? = nil,
        throughputLevel: String? = nil,
        isOnBusinessApp: Bool = false,
        messagingLimit: String? = nil,
        callback: String? = nil
    ) {
        self.id = id
        self.displayPhoneNumber = displayPhoneNumber
        self.verifiedName = verifiedName
        self.qualityRating = qualityRating
        self.status = status
        self.throughputLevel = throughputLevel
        self.isOnBusinessApp = isOnBusinessApp
        self.messagingLimit = messagingLimit
        self.callback = callback
    }

    /// Messages a second that Meta allows, inbound counted (§7): 20 for numbers that are in the phone app as well, 1,000 after the upgrade,
    /// else 80.
    public var messagesPerSecond: Int {
        if isOnBusinessApp { return 20 }
        return throughputLevel == "HIGH" ? 1000 : 80
    }

    static let fields =
        "id,display_phone_number,verified_name,quality_rating,status,throughput,is_on_biz_app,whatsapp_business_manager_messaging_limit"

    /// Nil without an id.
    init?(_ value: JSONValue) {
        guard let id = value["id"]?.text else { return nil }
        self.init(
            id: id,
            displayPhoneNumber: value["display_phone_number"]?.text,
            verifiedName: value["verified_name"]?.string,
            qualityRating: value["quality_rating"]?.string,
            status: value["status"]?.string,
            throughputLevel: value["throughput"]?["level"]?.string,
            isOnBusinessApp: value["is_on_biz_app"]?.bool ?? false,
            messagingLimit: value["whatsapp_business_manager_messaging_limit"]?.text,
            callback: value["webhook_configuration"]?["phone_number"]?.string
        )
    }
}
