import WaproCloud
import WaproCore

/// Which messages in doubt Meta's history shows (DESIGN §3.5). It can only confirm: its silence proves nothing.
///
/// A history entry carries no id of ours. It counts only when the number in its wamid and its time fit exactly one attempt, and no other
/// unknown entry fits that attempt.
enum Inference {
    struct Doubt: Hashable {
        var message: MessageID
        /// Digits under which Meta may know the person.
        var digits: Set<String>
        var intentAt: Timestamp
    }

    /// An entry's time may be so much before the intent (Meta's seconds are whole) and after it.
    static let before = Duration.seconds(2)
    static let after = Duration.seconds(120)

    /// - Parameter unknown: entries whose wamid the store does not know.
    static func matches(_ doubts: [Doubt], _ unknown: [HistoryEntry]) -> [(message: MessageID, wamid: String)] {
        var byDoubt: [Doubt: [String]] = [:]
        var byWamid: [String: [Doubt]] = [:]
        for entry in unknown {
            guard let digits = entry.digits, let at = entry.at else { continue }
            for doubt in doubts where doubt.digits.contains(digits) && fits(at, doubt) {
                byDoubt[doubt, default: []].append(entry.wamid)
                byWamid[entry.wamid, default: []].append(doubt)
            }
        }
        return byDoubt.compactMap { doubt, wamids in
            guard wamids.count == 1, byWamid[wamids[0]]?.count == 1 else { return nil }
            return (doubt.message, wamids[0])
        }.sorted { $0.message < $1.message }
    }

    private static func fits(_ time: Timestamp, _ doubt: Doubt) -> Bool {
        time >= doubt.intentAt.advanced(by: .zero - before) && time <= doubt.intentAt.advanced(by: after)
    }
}
