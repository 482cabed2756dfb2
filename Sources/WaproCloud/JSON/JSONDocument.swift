/// A JSON text from outside, checked whole and indexed, not copied: every value is a range of the original bytes.
///
/// Memory is the bytes plus 16 a value or key, bounded by `JSONLimits` before anything is kept. Strings are decoded when asked for, so a
/// part that nobody reads costs nothing, and its text can be kept exactly as it came.
final class JSONDocument: Sendable {
    enum Kind: UInt8 {
        case object, array, string, number, true_, false_, null
    }

    struct Node {
        var start: UInt32
        /// Behind the last byte; a string's range includes its quotes.
        var end: UInt32
        /// Index of the node after this one and all that it contains.
        var next: UInt32
        var kind: Kind
        /// A string with a backslash in it.
        var escaped = false
    }

    let bytes: [UInt8]
    /// In the order of the text; an object's children alternate key and value.
    let nodes: [Node]

    init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONRefusal) {
        var scanner = JSONScanner(bytes, limits: limits)
        nodes = try scanner.scan()
        self.bytes = bytes
    }

    var root: JSONValue { JSONValue(document: self, index: 0) }
}

/// Bounds that hold before a document costs memory (operations.md §5.4).
public struct JSONLimits: Sendable, Hashable {
    public var bytes = 4 << 20
    public var depth = 32
    /// Values, not counting keys.
    public var values = 50_000
    /// Bytes of one string as written.
    public var string = 256 << 10

    public init() {}
}

/// Why a text is not taken as JSON, and where. Never contains text of the document.
public struct JSONRefusal: Error, Hashable, CustomStringConvertible {
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        case empty = "it is empty"
        case tooLarge = "it has too many bytes"
        case notUTF8 = "it is not valid UTF-8"
        case byteOrderMark = "it begins with a byte order mark"
        case tooDeep = "it is nested too deeply"
        case tooManyValues = "it has too many values"
        case stringTooLong = "a string is too long"
        case badString = "a string has a raw control character or an unknown escape"
        case badNumber = "a number is not written as JSON has them, or is too long"
        case duplicateKey = "an object has the same key twice"
        case unexpected = "a character does not belong there"
        case unfinished = "it ends too early"
    }

    public let reason: Reason
    /// Byte offset from 0.
    public let offset: Int

    public var description: String { "not acceptable as JSON at byte \(offset): \(reason.rawValue)" }
}
