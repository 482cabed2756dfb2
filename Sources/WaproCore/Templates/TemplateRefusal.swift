/// Why a template cannot be filled: everything that is wrong at once, so that nobody mends one thing to be told the next.
///
/// The words name slots and fields, never a contact's values.
public struct TemplateRefusal: Error, Hashable, CustomStringConvertible {
    /// At least one.
    public let problems: [TemplateProblem]

    public var description: String { problems.map(\.description).joined(separator: "; ") }
}

/// One thing that is wrong with what a template is to be filled with.
public struct TemplateProblem: Sendable, Hashable, CustomStringConvertible {
    /// The slot's key; nil when it is about the template itself.
    public let slot: String?
    public let reason: Reason

    public enum Reason: Sendable, Hashable {
        /// The template has something that wapro cannot fill, in words: `carousel templates cannot be sent yet`.
        case unsupported(String)
        /// The slot has to be filled and is not.
        case missing(TemplateSlot.Kind)
        /// The template has no such slot; one that is spelt alike, or all there are.
        case unknown(suggestion: String?, known: [String])
        case expression(TemplateExpression.SyntaxError)
        case missingField(TemplateExpression.MissingField)
        case empty
        /// A line break or tab, which Meta refuses with 132018.
        case lineBreakOrTab
        /// More than four spaces in a row, which Meta refuses with 132018.
        case fiveSpaces
        /// A space where there can be none.
        case space
        /// More characters than the limit.
        case tooLong(limit: Int)
        /// Neither `https://…` nor `id:…`.
        case notMedia
        /// A one-time password with something else than ASCII letters, digits and signs.
        case notPlain
        case notCoordinate
    }

    public var description: String { slot.map { "\($0): \(words)" } ?? words }

    /// What is wrong and what to do, without the slot's key.
    public var words: String {
        switch reason {
        case .unsupported(let what): what
        case .missing(let kind): "needs a value (\(kind.rawValue))"
        case .unknown(.some(let suggestion), _): "the template has no such parameter; did you mean \"\(suggestion)\"?"
        case .unknown(nil, let known) where known.isEmpty: "the template has no parameters"
        case .unknown(nil, let known): "the template has no such parameter; it has \(known.joined(separator: ", "))"
        case .expression(let error): error.description
        case .missingField(let error): error.description
        case .empty: "the value is empty; give a fallback, as in {{first_name|friend}}"
        case .lineBreakOrTab: "the value has a line break or a tab, which Meta does not take in a parameter (132018)"
        case .fiveSpaces: "the value has more than four spaces in a row, which Meta does not take in a parameter (132018)"
        case .space: "the value has a space, a tab or a line break in it"
        case .tooLong(let limit): "longer than \(limit) characters, which is the most that Meta takes"
        case .notMedia: "media is given as https://… or as id: and the id of uploaded media"
        case .notPlain: "a one-time password has only letters, digits and signs of ASCII, and no link"
        case .notCoordinate: "a latitude is a number from -90 to 90, a longitude one from -180 to 180"
        }
    }
}
