/// One part of the ledger, under one lock: fixed-size records, and their texts one after the other in large blocks.
struct LedgerStripe: Sendable {
    /// One accepted message without its texts.
    struct Record: Sendable {
        var time: Int64
        var serial: UInt64
        var block: UInt32
        var offset: UInt32
        /// The record before this one of the same person, or -1.
        var previous: Int32
        /// The code of the coming `failed` status; 0 when there is none.
        var failure: Int32
        var fate = Fate()
        var textLength: UInt16
        var callbackLength: UInt16
        var number: UInt16
        var template: UInt16
        var recipientLength: UInt8
        var kind: MessageKind
        var category: PricingCategory
        var byUserID: Bool
        var windowOpen: Bool
    }

    struct Person: Sendable {
        var last: Int32 = -1
        var count: UInt32 = 0
    }

    /// A person as one business number sees them.
    struct Pair: Hashable, Sendable {
        let number: UInt16
        let person: String
    }

    private(set) var records: [Record] = []
    private(set) var people: [String: Person] = [:]
    private var blocks: [[UInt8]] = []
    /// When the person last wrote to the number, Unix milliseconds: the customer-service window.
    private var windows: [Pair: Int64] = [:]
    /// Until when the pair's messages are paid for: the pair limit, as the theoretical arrival time of GCRA.
    private var paidUntil: [Pair: Int64] = [:]
    /// How often a transient magic number has failed.
    private var refusals: [String: Int] = [:]

    private static let blockSize = 1 << 18

    /// Appends a message; returns its index.
    mutating func append(_ message: AcceptedMessage) -> UInt32 {
        let text = message.text.utf8.count <= Ledger.textLimit ? message.text : Self.cut(message.text)
        let length = message.person.utf8.count + text.utf8.count + message.callbackData.utf8.count
        if blocks.isEmpty || blocks[blocks.count - 1].count + length > Self.blockSize {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(Self.blockSize)
        }
        let block = blocks.count - 1
        let offset = blocks[block].count
        blocks[block].append(contentsOf: message.person.utf8)
        blocks[block].append(contentsOf: text.utf8)
        blocks[block].append(contentsOf: message.callbackData.utf8)
        let index = Int32(records.count)
        var person = people[message.person] ?? Person()
        records.append(
            Record(
                time: message.time,
                serial: message.serial,
                block: UInt32(block),
                offset: UInt32(offset),
                previous: person.last,
                failure: Int32(message.failure),
                textLength: UInt16(text.utf8.count),
                callbackLength: UInt16(message.callbackData.utf8.count),
                number: message.number,
                template: message.template,
                recipientLength: UInt8(message.person.utf8.count),
                kind: message.kind,
                category: message.category,
                byUserID: message.byUserID,
                windowOpen: message.windowOpen
            )
        )
        person.last = index
        person.count += 1
        people[message.person] = person
        return UInt32(index)
    }

    func records(of person: String) -> [Record] {
        var found: [Record] = []
        var index = people[person]?.last ?? -1
        while index >= 0 {
            found.append(records[Int(index)])
            index = records[Int(index)].previous
        }
        return found.reversed()
    }

    func recipient(_ record: Record) -> String { piece(record, 0, Int(record.recipientLength)) }
    func text(_ record: Record) -> String { piece(record, Int(record.recipientLength), Int(record.textLength)) }
    func callbackData(_ record: Record) -> String {
        piece(record, Int(record.recipientLength) + Int(record.textLength), Int(record.callbackLength))
    }

    private func piece(_ record: Record, _ start: Int, _ length: Int) -> String {
        let from = Int(record.offset) + start
        return blocks[Int(record.block)].withUnsafeBufferPointer { String(decoding: $0[from..<from + length], as: UTF8.self) }
    }

    private static func cut(_ text: String) -> String {
        var out = ""
        var length = 0
        for character in text {
            length += character.utf8.count
            if length > Ledger.textLimit { break }
            out.append(character)
        }
        return out
    }

    mutating func mark(_ index: UInt32, _ change: (inout Fate) -> Void) {
        change(&records[Int(index)].fate)
    }

    // MARK: What the person and the number have behind them

    func isWindowOpen(_ pair: Pair, now: Int64) -> Bool {
        windows[pair].map { now - $0 < 86_400_000 } ?? false
    }

    mutating func openWindow(_ pair: Pair, at time: Int64) {
        windows[pair] = max(windows[pair] ?? 0, time)
    }

    /// Takes one message out of the pair's allowance: one each `gap` milliseconds, `burst` at once, borrowed from the future.
    mutating func take(_ pair: Pair, now: Int64, gap: Int64, burst: Int64) -> Bool {
        let due = max(paidUntil[pair] ?? 0, now)
        guard due - now <= (burst - 1) * gap else { return false }
        if paidUntil.count >= 65_536, paidUntil.count.isMultiple(of: 4_096) { paidUntil = paidUntil.filter { $0.value > now } }
        paidUntil[pair] = due + gap
        return true
    }

    /// Counts a refusal of a person; true as long as it is one of the first `limit`.
    mutating func refuse(_ person: String, upTo limit: Int) -> Bool {
        let count = refusals[person] ?? 0
        guard count < limit else { return false }
        refusals[person] = count + 1
        return true
    }
}
