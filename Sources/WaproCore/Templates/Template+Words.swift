extension Template {
    /// What a template is for, which decides its price and its rules. Meta may add to these.
    public struct Category: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue.uppercased() }

        public static let marketing = Category(rawValue: "MARKETING")
        public static let utility = Category(rawValue: "UTILITY")
        public static let authentication = Category(rawValue: "AUTHENTICATION")
    }

    /// Where a template stands in Meta's review and quality control. Meta may add to these.
    public struct Status: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue.uppercased() }

        public static let pending = Status(rawValue: "PENDING")
        public static let approved = Status(rawValue: "APPROVED")
        public static let rejected = Status(rawValue: "REJECTED")
        public static let paused = Status(rawValue: "PAUSED")
        public static let disabled = Status(rawValue: "DISABLED")
    }

    /// `POSITIONAL` or `NAMED`; Meta may add to these.
    public struct ParameterFormat: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue.uppercased() }

        public static let positional = ParameterFormat(rawValue: "POSITIONAL")
        public static let named = ParameterFormat(rawValue: "NAMED")
    }

    /// Meta's rating of what recipients think of a template: `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    public struct Quality: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue.uppercased() }
    }
}
