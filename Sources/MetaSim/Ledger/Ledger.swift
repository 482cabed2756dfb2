import Synchronization

/// What reached each phone. In memory only, some 300 bytes a message, lock-striped by person.
///
/// Tests read it to assert that *people got one message*, rather than that functions were called.
public final class Ledger: Sendable {
    /// The most bytes of a message's text that are kept; longer ones are cut between characters.
    public static let textLimit = 512

    static let stripeCount = 32

    let stripes: [LockedStripe]
    let tags: Tags
    /// The messages of each number in the order of their acceptance.
    let order = Mutex<[UInt16: [MessageID]]>([:])

    init(tags: Tags) {
        self.tags = tags
        stripes = (0..<Self.stripeCount).map { _ in LockedStripe() }
    }

    /// All accepted messages for a person, oldest first. `person` is a phone number in any form, or a business-scoped user id.
    public func messages(to person: String) -> [LedgerEntry] {
        Self.keys(person).flatMap { key in
            let index = Self.stripe(of: key)
            return stripes[index].withLock { stripe in stripe.records(of: key).map { entry($0, in: stripe) } }
        }
    }

    /// How many messages were accepted.
    public var count: Int { sum { $0.records.count } }

    /// How many people have at least one accepted message.
    public var recipientCount: Int { sum { stripe in stripe.people.values.count { $0.count > 0 } } }

    /// How many accepted messages reached their person.
    public var reachedCount: Int { sum { stripe in stripe.records.count { $0.failure == 0 } } }

    /// The people with at least one accepted message, in no order.
    public var recipients: [String] {
        stripes.flatMap { $0.withLock { stripe in stripe.people.compactMap { $0.value.count > 0 ? $0.key : nil } } }
    }

    /// All accepted messages, stripe by stripe. Large: meant for tests.
    public var entries: [LedgerEntry] {
        stripes.flatMap { $0.withLock { stripe in stripe.records.map { entry($0, in: stripe) } } }
    }

    /// People who got the same message more than once. Messages that failed did not reach anybody and do not count.
    public func duplicates(_ sameness: Sameness = .content) -> [Duplicate] {
        stripes.flatMap { stripe in
            stripe.withLock { stripe in
                stripe.people.filter { $0.value.count > 1 }.flatMap { person in
                    let reached = stripe.records(of: person.key).map { entry($0, in: stripe) }.filter(\.reached)
                    return Dictionary(grouping: reached) { Self.likeness($0, sameness) }.values.filter { $0.count > 1 }
                        .map { Duplicate(recipient: person.key, entries: $0) }
                }
            }
        }
    }

    private static func likeness(_ entry: LedgerEntry, _ sameness: Sameness) -> [String] {
        switch sameness {
        case .recipient: []
        case .content: [entry.type, entry.template, entry.text]
        // Without callback data nothing says that two are the same attempt.
        case .callbackData: [entry.callbackData.isEmpty ? entry.wamid : entry.callbackData]
        }
    }

    private func sum(_ value: (LedgerStripe) -> Int) -> Int {
        stripes.reduce(0) { total, stripe in total + stripe.withLock { value($0) } }
    }

    /// What a person may be filed under: the canonical `wa_id`, the plain digits, or the user id as it is.
    private static func keys(_ person: String) -> [String] {
        guard !WaID.isUserID(person), let digits = WaID.digits(person) else { return [person] }
        let canonical = WaID.canonical(digits)
        return canonical == digits ? [digits] : [canonical, digits]
    }

    static func stripe(of person: String) -> Int {
        Int(Dice.mix(Dice.hash(person)) % UInt64(stripeCount))
    }

    func entry(_ record: LedgerStripe.Record, in stripe: LedgerStripe) -> LedgerEntry {
        let recipient = stripe.recipient(record)
        return LedgerEntry(
            time: record.time,
            wamid: Self.wamid(record, recipient: recipient),
            recipient: recipient,
            phoneNumberID: tags.name(record.number),
            type: record.kind.rawValue,
            template: tags.name(record.template),
            text: stripe.text(record),
            callbackData: stripe.callbackData(record),
            windowOpen: record.windowOpen,
            failure: record.failure == 0 ? nil : Int(record.failure)
        )
    }

    static func wamid(_ record: LedgerStripe.Record, recipient: String) -> String {
        Wamid.make(
            digits: record.byUserID ? "0" : recipient,
            from: .business,
            id: record.serial,
            check: UInt8(truncatingIfNeeded: record.serial &* 31 >> 7)
        )
    }
}

/// One stripe and its lock.
final class LockedStripe: Sendable {
    private let state = Mutex(LedgerStripe())

    func withLock<Result: Sendable>(_ body: (inout LedgerStripe) -> Result) -> Result {
        state.withLock { body(&$0) }
    }
}
