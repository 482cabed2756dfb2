import FoundationEssentials

extension WallClock {
    /// The system's clock.
    public static let live = WallClock {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
