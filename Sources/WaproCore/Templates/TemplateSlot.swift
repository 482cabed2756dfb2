/// A place of a template that has to be, or can be, filled when it is sent.
public struct TemplateSlot: Sendable, Hashable {
    /// The stable name under which people give the value: `1` or `first_name` (body), `header.1` or `header.name` (text of the
    /// header), `header.image`, `header.document.filename`, `header.location.latitude`, `button.0` (end of a link, code to copy),
    /// `button.2.payload`. An authentication template has the one slot `1`, whose value is sent in the body and in the button.
    public let key: String
    public let kind: Kind
    public let isRequired: Bool
    /// The most characters that the value may have (Unicode scalars); nil when Meta names none.
    public let limit: Int?
    /// The example that Meta was given when the template was made.
    public let example: String?

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case bodyText = "text"
        case headerText = "header text"
        /// `https://…`, or `id:` and the id of uploaded media.
        case media
        case fileName = "file name"
        case latitude
        case longitude
        case place
        /// What is put at the end of a button's link.
        case linkEnd = "end of the link"
        case copyCode = "code to copy"
        case oneTimePassword = "one-time password"
        /// What the webhook says when the button is pressed; its label when none is given.
        case payload
        /// What Meta hands to the flow's endpoint; `unused` when none is given, which is Meta's own default.
        case flowToken = "flow token"
    }

    init(_ key: String, _ kind: Kind, isRequired: Bool = true, limit: Int? = nil, example: String? = nil) {
        (self.key, self.kind, self.isRequired, self.limit, self.example) = (key, kind, isRequired, limit, example)
    }
}
