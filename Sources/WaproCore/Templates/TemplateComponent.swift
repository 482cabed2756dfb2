/// A part of a template: header, body, footer, buttons, or something that Meta added later.
///
/// The JSON is kept whole; the properties are views of it.
public struct TemplateComponent: Sendable, Hashable {
    public let json: RawJSON
    public let kind: Kind

    public init(_ json: RawJSON) {
        self.json = json
        kind = Kind(rawValue: json["type"]?.string ?? "")
    }

    /// Text with placeholders, of a header, body or footer.
    public var text: String? { json["text"]?.string }
    /// What a header is.
    public var format: HeaderFormat? { json["format"]?.string.map(HeaderFormat.init) }
    /// The buttons of a `.buttons` component, in the order of their indices.
    public var buttons: [TemplateButton] { json["buttons"]?.elements.map(TemplateButton.init) ?? [] }

    var hasNamedPlaceholder: Bool {
        text.map { TemplateText($0).placeholders.contains { Int($0) == nil } } ?? false
    }

    /// `HEADER`, `BODY`, `FOOTER`, `BUTTONS`, `CAROUSEL`, `LIMITED_TIME_OFFER`; Meta may add to these.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue.uppercased() }

        public static let header = Kind(rawValue: "HEADER")
        public static let body = Kind(rawValue: "BODY")
        public static let footer = Kind(rawValue: "FOOTER")
        public static let buttons = Kind(rawValue: "BUTTONS")
        public static let carousel = Kind(rawValue: "CAROUSEL")
        public static let limitedTimeOffer = Kind(rawValue: "LIMITED_TIME_OFFER")
    }

    /// `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT`, `LOCATION`, `GIF`, `PRODUCT`; Meta may add to these.
    public struct HeaderFormat: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue.uppercased() }

        public static let text = HeaderFormat(rawValue: "TEXT")
        public static let image = HeaderFormat(rawValue: "IMAGE")
        public static let video = HeaderFormat(rawValue: "VIDEO")
        public static let document = HeaderFormat(rawValue: "DOCUMENT")
        public static let location = HeaderFormat(rawValue: "LOCATION")
    }
}

/// A button of a template. The JSON is kept whole; the properties are views of it.
public struct TemplateButton: Sendable, Hashable {
    public let json: RawJSON
    public let kind: Kind

    public init(_ json: RawJSON) {
        self.json = json
        kind = Kind(rawValue: json["type"]?.string ?? "")
    }

    /// The label; buttons whose label Meta fixes may have none.
    public var label: String? { json["text"]?.string }
    /// Where a `.url` button leads; it may end in one placeholder.
    public var url: String? { json["url"]?.string }
    /// Whom a `.phoneNumber` button calls.
    public var phoneNumber: String? { json["phone_number"]?.string }

    /// `QUICK_REPLY`, `URL`, `PHONE_NUMBER`, `COPY_CODE`, `OTP`, `FLOW` and others; Meta may add to these.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue.uppercased() }

        public static let quickReply = Kind(rawValue: "QUICK_REPLY")
        public static let url = Kind(rawValue: "URL")
        public static let phoneNumber = Kind(rawValue: "PHONE_NUMBER")
        public static let copyCode = Kind(rawValue: "COPY_CODE")
        /// An authentication template's, before Meta turns it into a URL button.
        public static let oneTimePassword = Kind(rawValue: "OTP")
        public static let flow = Kind(rawValue: "FLOW")
        public static let voiceCall = Kind(rawValue: "VOICE_CALL")
    }
}
