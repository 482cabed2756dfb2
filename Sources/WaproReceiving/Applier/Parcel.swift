import WaproCore
import WaproStore

/// What is applied in one piece: a bounded number of updates, of one body or of several.
///
/// A large body takes several parcels. It is marked applied in its last one; a crash before that applies it again from the start,
/// which changes nothing, and its kinds are counted only with the mark.
struct Parcel: Sendable {
    /// Updates of one piece of work at most: about a millisecond, so that a chat reply or a webhook does not wait long behind it.
    static let limit = 64

    struct Part: Sendable {
        let entry: JournalID
        var updates: ArraySlice<Update>
        /// With the last part of a body: what in it could not be read. Nil while more of it follows.
        var faults: [String]?
    }

    private(set) var parts: [Part] = []
    private var size = 0

    /// Packs bodies in their order.
    static func pack(_ readings: [Reading]) -> [Parcel] {
        var parcels: [Parcel] = []
        var parcel = Parcel()
        func send() {
            if !parcel.parts.isEmpty { parcels.append(parcel) }
            parcel = Parcel()
        }
        for reading in readings {
            var rest = reading.updates[...]
            repeat {
                if parcel.size >= limit { send() }
                let taken = rest.prefix(limit - parcel.size)
                rest = rest.dropFirst(taken.count)
                parcel.parts.append(Part(entry: reading.entry, updates: taken, faults: rest.isEmpty ? reading.faults : nil))
                // An empty body costs its mark.
                parcel.size += max(1, taken.count)
            } while !rest.isEmpty
        }
        send()
        return parcels
    }
}

extension Applier {
    /// What the parcels of a round have met with so far.
    struct Yield: Sendable, Hashable {
        /// Of the body that is not finished.
        var open = Tally()
        var applied = 0
        var quarantined = 0
        var unknownAttempts = 0
    }

    /// Applies a parcel.
    ///
    /// - Parameter open: what the earlier parts of its first body were counted as.
    func apply(_ parcel: Parcel, after open: Tally, in transaction: Transaction) throws -> Yield {
        var yield = Yield(open: open)
        for part in parcel.parts {
            for update in part.updates { try apply(update, to: &yield.open, in: transaction) }
            guard let faults = part.faults else { continue }
            try transaction.count(yield.open)
            yield.unknownAttempts += yield.open.unknownAttempts
            yield.open = Tally()
            if faults.isEmpty {
                try transaction.markApplied(part.entry)
                yield.applied += 1
            } else {
                try transaction.quarantine(part.entry, reason: faults.joined(separator: "; "))
                yield.quarantined += 1
            }
        }
        return yield
    }
}

extension Transaction {
    fileprivate func count(_ tally: Tally) throws {
        for (kind, count) in tally.kinds { try countChanges(kind, isKnown: false, by: count) }
        for (kind, count) in tally.known { try countChanges(kind, isKnown: true, by: count) }
    }
}
