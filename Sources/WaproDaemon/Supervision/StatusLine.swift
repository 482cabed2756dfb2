/// The one line that `systemctl status` shows: `serving · 3 numbers · queue 1204 · 81 msg/s · Meta: ok`.
///
/// Counts only: it is readable by every user of the machine, so no name, number or id of anybody may be in it.
public struct StatusLine: Sendable, Hashable, CustomStringConvertible {
    /// What the daemon does as a whole: `serving`, `starting`, `held`, `not configured`, `stopping`.
    public var state: String
    /// Business phone numbers that it sends from.
    public var numbers: Int
    /// Messages waiting for their turn.
    public var queued: Int
    /// Messages handed to Meta a second, over the last few seconds.
    public var sendingRate: Int
    /// Messages whose fate is not known.
    public var inDoubt: Int
    /// How Meta's API answers: `ok`, `unreachable`, `refuses the token`. Nil before the first answer.
    public var meta: String?

    public init(state: String, numbers: Int = 0, queued: Int = 0, sendingRate: Int = 0, inDoubt: Int = 0, meta: String? = nil) {
        self.state = state
        self.numbers = numbers
        self.queued = queued
        self.sendingRate = sendingRate
        self.inDoubt = inDoubt
        self.meta = meta
    }

    public var description: String {
        var parts = [state, "\(numbers) number\(numbers == 1 ? "" : "s")"]
        if queued > 0 { parts.append("queue \(queued)") }
        if sendingRate > 0 { parts.append("\(sendingRate) msg/s") }
        if inDoubt > 0 { parts.append("in doubt \(inDoubt)") }
        if let meta { parts.append("Meta: \(meta)") }
        return parts.joined(separator: " · ")
    }
}
