/// Whom a message is for, as Meta addresses people.
public enum MessageRecipient: Sendable, Hashable {
    /// E.164 with `+`, which becomes `to`. Without the `+` Meta may put the business number's country code before it (§11.8).
    case phone(String)
    /// A business-scoped user id, which becomes `recipient`. Authentication templates cannot go to one (131062).
    case user(String)

    func append(to body: inout [UInt8]) {
        switch self {
        case .phone(let number):
            body.append(#","to":"#)
            body.appendQuoted(number)
        case .user(let id):
            body.append(#","recipient":"#)
            body.appendQuoted(id)
        }
    }
}
