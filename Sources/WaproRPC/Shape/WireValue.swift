/// A value that can cross the wire.
public protocol WireValue: Sendable, Equatable {
    /// What it may be, for schemas, errors and the command line.
    static var wireType: WireType { get }
    /// What a missing member means; nil when it must be there.
    static var absent: Self? { get }
    /// Reads the value, or says what it should have been.
    static func decode(_ json: JSONValue, _ reading: Reading) throws(Mismatch) -> Self
    /// What is written; nil leaves the member out.
    var encoded: JSONValue? { get }
}

extension WireValue {
    public static var absent: Self? { nil }

    /// What is written where something must be.
    public var json: JSONValue { encoded ?? .null }
}

/// How unknown things are met.
public enum Reading: Sendable {
    /// Parameters: an unknown member or word is the caller's mistake, and is refused.
    case strict
    /// Replies and notifications: a newer daemon may say more than we know, which is ignored.
    case tolerant
}

/// A JSON value that is not what a shape declares.
public struct Mismatch: Error, Sendable, Hashable {
    /// Where, from the outside in: `parameters`, `name`. Empty for the value itself.
    public var path: [String]
    /// What is wrong, to be read after the place: `must be a text, not a number`.
    public var words: String
    /// What to do about it, when we can guess.
    public var hint: String?

    public init(_ words: String, path: [String] = [], hint: String? = nil) {
        self.words = words
        self.path = path
        self.hint = hint
    }

    /// The usual one.
    public static func expected(_ type: WireType, got json: JSONValue) -> Mismatch {
        Mismatch("must be \(type.words), not \(json.kindInWords)")
    }

    /// The same flaw, seen from one level further out.
    func inside(_ name: String) -> Mismatch {
        Mismatch(words, path: [name] + path, hint: hint)
    }
}

extension Mismatch: CustomStringConvertible {
    public var description: String { path.isEmpty ? words : "\(path.joined(separator: ".")) \(words)" }
}
