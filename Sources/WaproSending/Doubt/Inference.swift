import WaproCloud
import WaproCore
import WaproStore

/// Which messages in doubt Meta's history shows (DESIGN §3.5). It can only confirm: its silence proves nothing.
///
/// A history entry carries no id of ours. It counts only when the number in its wamid and its time fit exactly one attempt of ours, and no
/// other unknown entry fits that attempt. So it must be known of every attempt and every entry of that time that there is no other.
struct Inference {
    /// An entry's time may be so much before the intent (Meta's seconds are whole) and after it.
    static let before = Duration.seconds(2)
    static let after = Duration.seconds(120)
    /// How far back an attempt's rivals reach: whatever an entry that fits it could be of instead.
    static let reach = before + after

    /// From this time on every entry and every attempt is known.
    var completeSince: Timestamp
    /// A younger entry may be of a request whose answer is still on its way.
    var settledAt: Timestamp

    /// - Parameters:
    ///   - attempts: those without a wamid, by the digits under which Meta may know the person.
    ///   - unknown: entries whose wamid the store does not know.
    func matches(_ attempts: [String: [UnnamedAttempt]], _ unknown: [HistoryEntry]) -> [(attempt: AttemptID, wamid: String)] {
        var entries: [UnnamedAttempt: Set<HistoryEntry>] = [:]
        var fitting: [HistoryEntry: Set<UnnamedAttempt>] = [:]
        for entry in unknown {
            guard let digits = entry.digits else { continue }
            for attempt in attempts[digits] ?? [] where Self.fits(entry.at, attempt) {
                entries[attempt, default: []].insert(entry)
                fitting[entry, default: []].insert(attempt)
            }
        }
        return entries.compactMap { attempt, mine in
            guard attempt.isInDoubt, attempt.intentAt >= completeSince.advanced(by: Self.reach), mine.count == 1, let entry = mine.first,
                fitting[entry]?.count == 1, let at = entry.at, at <= settledAt
            else { return nil }
            return (attempt.id, entry.wamid)
        }.sorted { ($0.attempt.message, $0.attempt.ordinal) < ($1.attempt.message, $1.attempt.ordinal) }
    }

    /// An entry without a time may be of any attempt.
    private static func fits(_ time: Timestamp?, _ attempt: UnnamedAttempt) -> Bool {
        guard let time else { return true }
        return time >= attempt.intentAt.advanced(by: .zero - before) && time <= attempt.intentAt.advanced(by: after)
    }
}
