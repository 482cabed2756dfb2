/// Why a text is not JSON that we accept, and where.
public struct JSONFlaw: Error, Sendable, Hashable {
    /// Counted from 0, in bytes of the text.
    public let offset: Int
    /// What is wrong there: `a comma before the closing bracket`.
    public let words: String
}

extension JSONFlaw: CustomStringConvertible {
    public var description: String { "\(words), at byte \(offset + 1)" }
}

/// How much of a JSON text is accepted. The length of the whole text is the framing's business.
public struct JSONLimits: Sendable {
    /// Arrays and objects inside each other.
    public var depth: Int
    /// Values in the whole text.
    public var nodes: Int
    /// Bytes of one string, as written.
    public var stringBytes: Int
    /// Characters of one number.
    public var numberBytes: Int

    public init(depth: Int = 32, nodes: Int = 50_000, stringBytes: Int = 16 << 20, numberBytes: Int = 32) {
        self.depth = depth
        self.nodes = nodes
        self.stringBytes = stringBytes
        self.numberBytes = numberBytes
    }
}
