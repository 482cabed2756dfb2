import Synchronization
import WaproCore

@testable import WaproReceiving
@testable import WaproStore

extension World {
    /// Meta posts some of its news in one body, in any order. What is not answered 200 stays and is posted again; some of the rest too.
    func deliver() async throws {
        let ready = meta.notices.indices.filter { meta.notices[$0].due <= elapsed }.shuffled(using: &random)
        let chosen = ready.prefix(random.int(1...4)).sorted()
        let notices = chosen.map { meta.notices[$0] }
        if !isSettling, random.chance(0.05) || !hears.isSet {
            tally.count("fault webhook not taken")
            return pass(.milliseconds(20))
        }
        let body = Notice.body(notices.shuffled(using: &random), serial: meta.next())
        trace.note("\(now) webhook \(notices.map(\.word))")
        // The daemon may die in the very moment in which it says 200: then the files are as they are at that moment.
        let dies = !isSettling && random.chance(0.03)
        let image = dies ? (from: String(path.dropLast("/waprod.db".count)), to: nextFolder) : nil
        let journal = journal
        let (isKept, left): (Bool, String?) = await withCheckedContinuation { continuation in
            journal.keep(Array(body.utf8), app: "shop") { isKept in
                continuation.resume(returning: (isKept, image.flatMap { try? Blueprint.copy($0.from, to: $0.to) }))
            }
        }
        guard isKept else { throw Broken("I1", "the journal took nothing") }
        hasJournal = true
        ledger.acknowledged[body, default: 0] += 1
        if !isSettling, random.chance(0.1) {
            tally.count("fault webhook twice")
        } else {
            for index in chosen.reversed() { meta.notices.remove(at: index) }
        }
        if dies {
            tally.count("fault crash at 200")
            try await crash(left)
        } else if random.chance(0.03) {
            try await audit()
        }
    }

    /// Applies some of the journal, as the reader does: one body in a commit, or several.
    func apply() async throws {
        let limit = random.int(1...5)
        trace.note("\(now) apply \(limit)")
        let before = open
        let (entries, yield) = try await write(.applying) { [applier] transaction in
            let entries = try transaction.waitingJournal(after: nil, limit: limit)
            var yield = Applier.Yield(open: before)
            for parcel in Parcel.pack(entries.map { Reading($0) }) {
                let next = try applier.apply(parcel, after: yield.open, in: transaction)
                yield.open = next.open
                yield.quarantined += next.quarantined
                yield.unknownAttempts += next.unknownAttempts
            }
            return (entries.count, yield)
        }
        guard yield.quarantined == 0, yield.unknownAttempts == 0 else { throw Broken("webhooks", "\(yield)") }
        (open, hasJournal) = (yield.open, entries == limit)
    }
}

extension Notice {
    var word: String {
        switch content {
        case .status(let fact, let wamid, _, let code, _): "\(fact) \(wamid)\(code.map { " \($0)" } ?? "")"
        case .text(let wamid, let phone): "text \(wamid) of \(phone)"
        case .preference(let stops, let phone): "\(phone) \(stops ? "stops" : "resumes")"
        }
    }
}
