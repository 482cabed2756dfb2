import Synchronization

extension Ledger {
    /// One message as `message_history` knows it.
    struct HistoryEntry: Sendable {
        /// Its place among the number's messages, 0 the oldest.
        let position: Int
        let wamid: String
        let time: Int64
        let failure: Int32
        let fate: Fate
    }

    /// Files a message behind the others of its number.
    func file(_ id: MessageID, under number: UInt16) {
        order.withLock { $0[number, default: []].append(id) }
    }

    /// How many messages a number has had.
    func filed(under number: UInt16) -> Int {
        order.withLock { $0[number]?.count ?? 0 }
    }

    func mark(_ id: MessageID, _ change: @Sendable (inout Fate) -> Void) {
        stripes[Int(id.stripe)].withLock { $0.mark(id.index, change) }
    }

    /// Messages of a number by place, the newest first.
    func history(of number: UInt16, _ places: Range<Int>) -> [HistoryEntry] {
        let ids = order.withLock { order in (order[number] ?? [])[places].map { $0 } }
        return zip(places, ids).reversed().map { entry($0, $1) }
    }

    /// The message of a number that has this wamid. The digits in it say in which stripe to look.
    func history(of number: UInt16, wamid: String) -> HistoryEntry? {
        let person = Wamid.digits(wamid).map { Self.stripe(of: $0) }
        let ids = order.withLock { $0[number] ?? [] }
        for (place, id) in ids.enumerated() where person == nil || person == Int(id.stripe) {
            let entry = entry(place, id)
            if entry.wamid == wamid { return entry }
        }
        return nil
    }

    private func entry(_ place: Int, _ id: MessageID) -> HistoryEntry {
        stripes[Int(id.stripe)].withLock { stripe in
            let record = stripe.records[Int(id.index)]
            return HistoryEntry(
                position: place,
                wamid: Self.wamid(record, recipient: stripe.recipient(record)),
                time: record.time,
                failure: record.failure,
                fate: record.fate
            )
        }
    }
}
