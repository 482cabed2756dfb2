/// Something that must never be seen: an access token, an app secret, a verify token.
///
/// Every way of printing it gives the same fixed text, so that it cannot reach a log, an error or a metric by interpolation.
/// The one door to the value is `revealed`, which is easy to find by name.
public struct Secret: Sendable, Hashable {
    private let value: String

    public init(_ value: String) {
        self.value = value
    }

    /// The value itself: only for a header, a signature or a comparison.
    public var revealed: String { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "‹secret›" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
