/// What arrives on a connection.
enum Frame: Sendable, Equatable {
    /// One line without its end, never empty.
    case line([UInt8])
    /// A line longer than allowed. Nothing comes after it.
    case oversized
    /// The request line of an HTTP client. Nothing comes after it.
    case http
    /// A line that was begun and not finished in time. Nothing comes after it.
    case stalled
}
