/// The kinds of status a message goes through.
enum StatusKind: String, Sendable, CaseIterable {
    case sent, delivered, read, failed
}

/// One thing that a webhook tells. Small: there may be millions under way.
enum Update: Sendable {
    /// A message reached a state at a time (Unix milliseconds). `priced`: it carries `pricing`.
    case status(MessageID, StatusKind, at: Int64, priced: Bool)
    /// Anything else, written already.
    case letter(Letter)
}

/// A webhook update whose text is known: an inbound message, or a change of any other field.
final class Letter: Sendable {
    enum Form: Sendable {
        /// A message to a business number: its entry of `messages` and of `contacts`.
        case message(number: UInt16, contact: [UInt8], message: [UInt8])
        /// A whole change of an account: `{"value":…,"field":…}`.
        case change(account: String, [UInt8])
    }

    let form: Form
    /// For ``Held``.
    let recipient: String
    let kind: String

    init(_ form: Form, recipient: String, kind: String) {
        self.form = form
        self.recipient = recipient
        self.kind = kind
    }
}

/// Updates that travel in one POST, and how often that was tried.
struct Parcel: Sendable {
    var updates: [Update]
    var tries = 0
    /// Seconds waited so far, before scaling.
    var waited = 0.0
    var forgesSignature = false
    /// Called once after the first try, whatever came of it.
    var whenTried: (@Sendable () -> Void)?
}
