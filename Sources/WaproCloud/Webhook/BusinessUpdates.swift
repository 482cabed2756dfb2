public import WaproCore

/// `message_template_status_update` (§6.6). Words of Meta's enums are kept as they came: all of them are open.
public struct TemplateStatusUpdate: Sendable, Hashable {
    /// `APPROVED`, `PAUSED`, `DISABLED`, `REJECTED`, `PENDING_DELETION` and others.
    public var event: String
    /// Digits; too large for a floating-point number.
    public var templateID: String
    public var name: String
    /// With `_`, also where Meta wrote `-`.
    public var language: String
    public var reason: String?
    /// Such as `FIRST_PAUSE`, `RATE_LIMITING_PAUSE`, `UNPAUSE`.
    public var title: String?
}

/// `message_template_quality_update`.
public struct TemplateQualityUpdate: Sendable, Hashable {
    public var templateID: String
    public var name: String
    public var language: String
    public var previous: String?
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    public var current: String
}

/// `template_category_update`: a day's warning first (`correct` is set), then the change.
public struct TemplateCategoryUpdate: Sendable, Hashable {
    public var templateID: String
    public var name: String
    public var language: String
    public var previous: String?
    /// The category that holds now.
    public var current: String
    /// The category that it will have.
    public var correct: String?
}

/// `phone_number_quality_update`. The number is told by `displayPhoneNumber` of the change and the account alone.
public struct PhoneQualityUpdate: Sendable, Hashable {
    /// `ONBOARDING`, `THROUGHPUT_UPGRADE`, `FLAGGED`, `DOWNGRADE` and others.
    public var event: String
    /// The messaging limit: `TIER_250` … `TIER_UNLIMITED`.
    public var limit: String?
}

/// `account_update`.
public struct AccountUpdate: Sendable, Hashable {
    /// `ACCOUNT_RESTRICTION`, `DISABLED_UPDATE`, `ACCOUNT_DELETED`, `PARTNER_REMOVED` and others.
    public var event: String
    public var restrictions: [Restriction]
    /// `DISABLE`, `REINSTATE`, `SCHEDULE_FOR_DISABLE`.
    public var banState: String?
    /// The whole value as it came.
    public var json: String

    public struct Restriction: Sendable, Hashable {
        /// Such as `RESTRICTED_BIZ_INITIATED_MESSAGING`.
        public var type: String
        public var until: Timestamp?
    }
}
