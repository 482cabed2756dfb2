import FoundationEssentials

extension Configuration {
    /// The machine's clock, in Unix milliseconds.
    public static let systemClock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
}
