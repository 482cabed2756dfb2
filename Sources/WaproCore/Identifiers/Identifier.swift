/// A typed, time-ordered identifier that is never reused.
///
/// 63 bits: 43 bits of milliseconds since 2020-01-01T00:00:00Z, then 20 bits of sequence. Larger means later, so a table keyed
/// by it grows at one end and pages by key. The text form is the kind's prefix, an underscore and 13 digits of Crockford's
/// base 32: text order is time order too. Zero is not an identifier.
public struct Identifier<Kind: IdentifierKind>: Hashable, Sendable, Comparable {
    public let rawValue: Int64

    /// Takes a value that an `IdentifierSource` made earlier (a stored one).
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Reads the text form; nil unless it is exactly one of this kind.
    public init?(_ text: String) {
        self.init(utf8: text.utf8)
    }

    init?(utf8 text: some Collection<UInt8>) {
        guard let value = IdentifierText.parse(text, prefix: Kind.prefix) else { return nil }
        self.rawValue = value
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What an identifier identifies.
public protocol IdentifierKind: Sendable {
    /// Three lower-case letters.
    static var prefix: String { get }
}

extension Identifier: LosslessStringConvertible {
    public var description: String { IdentifierText.render(rawValue, prefix: Kind.prefix) }
}

public enum AppKind: IdentifierKind { public static let prefix = "app" }
public enum AccountKind: IdentifierKind { public static let prefix = "acc" }
public enum BootKind: IdentifierKind { public static let prefix = "boo" }
public enum CampaignKind: IdentifierKind { public static let prefix = "cam" }
public enum ContactKind: IdentifierKind { public static let prefix = "con" }
public enum ImportKind: IdentifierKind { public static let prefix = "imp" }
public enum JournalKind: IdentifierKind { public static let prefix = "jou" }
public enum ListKind: IdentifierKind { public static let prefix = "lis" }
public enum MessageKind: IdentifierKind { public static let prefix = "msg" }
public enum NumberKind: IdentifierKind { public static let prefix = "num" }
public enum PortfolioKind: IdentifierKind { public static let prefix = "pfl" }
public enum SessionKind: IdentifierKind { public static let prefix = "ses" }
public enum TemplateKind: IdentifierKind { public static let prefix = "tpl" }
public enum UserKind: IdentifierKind { public static let prefix = "usr" }

public typealias AppID = Identifier<AppKind>
public typealias AccountID = Identifier<AccountKind>
public typealias BootID = Identifier<BootKind>
public typealias CampaignID = Identifier<CampaignKind>
public typealias ContactID = Identifier<ContactKind>
public typealias ImportID = Identifier<ImportKind>
public typealias JournalID = Identifier<JournalKind>
public typealias ListID = Identifier<ListKind>
public typealias MessageID = Identifier<MessageKind>
public typealias NumberID = Identifier<NumberKind>
public typealias PortfolioID = Identifier<PortfolioKind>
public typealias SessionID = Identifier<SessionKind>
public typealias TemplateID = Identifier<TemplateKind>
public typealias UserID = Identifier<UserKind>
