import FoundationEssentials
import GRDB
import WaproCore

@testable import WaproReceiving
@testable import WaproSending
@testable import WaproStore

extension World {
    /// What must be true when everything has come to rest.
    func checkEnd() async throws {
        try await audit()
        try await checkNobodyIsLost()
        try checkLimits()
        try await checkReplay()
    }

    /// I3: everybody is in a final state, and it is the one that Meta knows.
    private func checkNobodyIsLost() async throws {
        let (messages, records, waiting) = try await store.read { [campaigns] snapshot in
            (
                try snapshot.messages(contact: nil, number: nil, before: nil, limit: 10_000).filter { !$0.isInbound },
                try campaigns.compactMap { try snapshot.campaign($0) }, try snapshot.journalSize().waiting
            )
        }
        guard waiting == 0 else { throw Broken("I1", "\(waiting) bodies were never applied") }
        for campaign in records {
            guard campaign.state == .finished || campaign.state == .cancelled else {
                throw Broken(
                    "I3",
                    "\(campaign.name) is \(campaign.state.slug): \(machine.campaigns[campaign.id].map { "\($0)" } ?? "") \(machine.unsettled)"
                )
            }
            guard campaign.state == .cancelled || campaign.total == scenario.people else {
                throw Broken("I3", "\(campaign.name) has \(campaign.total) of \(scenario.people) people")
            }
        }
        for message in messages {
            tally.count("end \(message.state.slug)")
            let states = expected(message)
            guard states.contains(message.state) else {
                let known = meta.taken(of: message.id).map {
                    "\($0.ordinal): \($0.taken.facts.map { "\($0)" }.sorted()) \($0.taken.failure ?? 0)"
                }
                throw Broken("I3", "\(message.id) ends \(message.state.slug), \(message.because); Meta knows \(known)")
            }
            guard ledger.states[message.id] ?? .waiting == message.state else {
                throw Broken("history", "\(message.id) has another last event")
            }
        }
        for (phone, contact) in zip(blueprint.phones, blueprint.contacts)
        where meta.stopped.contains(phone) && !meta.resumed.contains(phone) {
            guard ledger.optedOut.contains(contact) else { throw Broken("I4", "\(phone) said stop, and it was not kept") }
        }
    }

    /// States in which a message may end, by what Meta knows of it.
    private func expected(_ message: MessageRecord) -> Set<MessageState> {
        let attempts = meta.taken(of: message.id)
        let best = attempts.flatMap(\.taken.facts).compactMap(\.state.rank).max() ?? 0
        if best >= 2 { return [best == 3 ? .read : .delivered] }
        let neverSent: Set<MessageState> = [.failed, .skipped, .cancelled, .expired]
        let living = attempts.filter { $0.taken.failure == nil }
        guard !living.isEmpty else { return neverSent }
        let reached: Set<MessageState> = living.contains { $0.taken.facts.contains(.sent) } ? [.sent] : [.accepted]
        // Somebody wanted it to be sent again, and that attempt counts.
        let wasRepeated = (ledger.excused[message.id] ?? 0) >= (living.last?.ordinal ?? 0)
        return wasRepeated ? reached.union(neverSent).union([.accepted]) : reached
    }

    /// I8: the whole journal once more changes nothing.
    private func checkReplay() async throws {
        let before = try await dump()
        let entries = try await store.read { snapshot in
            try snapshot.db.rows("SELECT * FROM journal ORDER BY id").map { row in
                JournalEntry(
                    id: row.id("id"),
                    app: row["app"],
                    receivedAt: row.time("received_at"),
                    body: [UInt8](row["body"] as Data),
                    tries: row["tries"]
                )
            }
        }
        try await store.write(.applying) { [applier] transaction in
            for parcel in Parcel.pack(entries.map { Reading($0) }) { _ = try applier.apply(parcel, after: .init(), in: transaction) }
        }
        let after = try await dump()
        for (table, rows) in before where after[table] != rows {
            let now = after[table] ?? []
            let changed = Set(now).symmetricDifference(rows).sorted().joined(separator: "\n")
            throw Broken("I8", "the journal once more changes \(table):\n\(changed)")
        }
    }

    /// Everything that is not a mere count of what came.
    private func dump() async throws -> [String: [String]] {
        let tables = [
            "message", "attempt", "recipient", "contact", "campaign", "campaign_count", "campaign_failure", "conversation", "number",
            "hold",
            "reach", "portfolio", "event", "journal_size", "seen_change",
        ]
        return try await store.read { snapshot in
            try Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    (table, try snapshot.db.rows("SELECT * FROM \(table)").map(\.description))
                }
            )
        }
    }
}
