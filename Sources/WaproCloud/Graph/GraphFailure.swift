/// Why a management call gave nothing.
public struct GraphFailure: Error, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// There was no answer: the network, the proxy, TLS, a time-out.
        case notReached
        /// Meta refused; `refusal` says why.
        case refused
        /// The answer was not what the Graph API says.
        case unreadable
        /// A list had more pages than wapro reads.
        case tooManyPages
    }

    public var kind: Kind
    /// Code, meaning, and what a person can do. May be logged.
    public var refusal: Refusal
    /// Trying again later may help.
    public var isTransient: Bool
    /// Meta's own details. Not for logs, metrics or viewers: they may name people or content.
    public var metaDetails: String?

    public init(kind: Kind, refusal: Refusal, isTransient: Bool, metaDetails: String? = nil) {
        self.kind = kind
        self.refusal = refusal
        self.isTransient = isTransient
        self.metaDetails = metaDetails
    }

    public var description: String {
        let code = refusal.code.map { " (Meta's code \($0)\(refusal.subcode.map { "/\($0)" } ?? ""))" } ?? ""
        return "\(refusal.words)\(code); \(refusal.next)"
    }
}
