import MetaSim
import WaproCore
import WaproRPC

/// The book against what reached the phones and against what the daemon says.
struct Verdict {
    private let kills: Int
    private let recipients: Int
    private let victim: Victim
    private var counts = (campaigns: 0, messages: 0, replies: 0, inbound: 0)
    private var twice = 0
    private var lost = 0
    private var unexplained = 0
    private var inDoubt = 0
    /// What is wrong, the first of each kind in words.
    private(set) var words: [String] = []

    init(kills: Int, recipients: Int, book: Book, victim: Victim) async throws {
        (self.kills, self.recipients, self.victim) = (kills, recipients, victim)
        let entries = victim.simulator.ledger.entries
        for complaint in book.complaints { note(complaint, \.unexplained) }
        let reached = Self.campaigns(in: entries)
        for campaign in book.campaigns { try await judge(campaign, reached[campaign] ?? [:]) }
        try await judge(book.replies, entries)
        try await judge(book.inbound)
        counts = (book.campaigns.count, entries.count, book.replies.count, book.inbound.count)
    }

    var isGood: Bool { twice == 0 && lost == 0 && unexplained == 0 }

    var summary: String {
        """
        kills \(kills), campaigns \(counts.campaigns), messages \(counts.messages), replies \(counts.replies), inbound \(counts.inbound), \
        twice \(twice), lost \(lost), unexplained \(unexplained), in doubt \(inDoubt)
        """
    }

    private mutating func note(_ what: String, _ count: WritableKeyPath<Self, Int>, by amount: Int = 1) {
        self[keyPath: count] += amount
        if words.count < 40 { words.append(what) }
    }

    // MARK: Campaigns

    /// How often each person got each campaign.
    private static func campaigns(in entries: [LedgerEntry]) -> [String: [String: Int]] {
        var reached: [String: [String: Int]] = [:]
        for entry in entries where entry.type == "template" {
            let name = entry.text.split(separator: " ").first { $0.hasPrefix("torture-") }.map(String.init) ?? ""
            reached[name, default: [:]][entry.recipient, default: 0] += 1
        }
        return reached
    }

    /// Nobody twice; everybody in exactly one state; whom it did not reach is in doubt, and nobody else is.
    private mutating func judge(_ campaign: String, _ reached: [String: Int]) async throws {
        for (person, count) in reached where count > 1 { note("\(campaign): \(person) got it \(count) times", \.twice) }
        let report = try await victim.insist { try await $0(CampaignReport(campaign: campaign)) }
        let missing = max(0, Int(report.total - report.counts.sum), recipients - Int(report.total))
        if missing > 0 { note("\(campaign): \(missing) of \(recipients) are in no state", \.lost, by: missing) }
        let doubted = try await doubted(campaign)
        inDoubt += doubted.count
        for index in 0..<recipients {
            let person = Campaigns.phone(index)
            switch (reached[person] != nil, doubted.contains(person)) {
            case (true, true): note("\(campaign): \(person) got it and is still in doubt", \.unexplained)
            case (false, false): note("\(campaign): \(person) did not get it and is not in doubt", \.unexplained)
            default: break
            }
        }
    }

    private func doubted(_ campaign: String) async throws -> Set<String> {
        try await victim.insist { waprod in
            var people: Set<String> = []
            var after: String?
            repeat {
                let page = try await waprod(CampaignRecipients(campaign: campaign, state: .inDoubt, after: after, limit: 1000))
                for recipient in page.items { people.insert(String(recipient.phone?.dropFirst() ?? "")) }
                after = page.next
            } while after != nil
            return people
        }
    }

    // MARK: Replies

    /// Every answered reply reached its person once, or is in doubt and did not.
    private mutating func judge(_ replies: [Book.Reply], _ entries: [LedgerEntry]) async throws {
        var reached: [String: Int] = [:]
        for entry in entries where entry.type == "text" { reached[entry.recipient + " " + entry.text, default: 0] += 1 }
        for reply in replies {
            let count = reached.removeValue(forKey: reply.person + " " + reply.text) ?? 0
            let state = try await victim.insist { try await $0(MessageShow(message: reply.message)).state.slug }
            if state == "in_doubt" { inDoubt += 1 }
            switch (count, state == "in_doubt") {
            case (0, true), (1, false): break
            case (0, false): note("\(reply.person): \"\(reply.text)\" was promised, did not arrive and is \(state)", \.lost)
            case (1, true): note("\(reply.person): \"\(reply.text)\" arrived and is still in doubt", \.unexplained)
            default: note("\(reply.person): \"\(reply.text)\" arrived \(count) times", \.twice)
            }
        }
        for (what, _) in reached { note("\(what): nobody asked for it", \.unexplained) }
    }

    // MARK: What people wrote

    /// Every message whose webhook was answered 200 is in the list, once.
    private mutating func judge(_ inbound: [Book.Inbound]) async throws {
        let listed = try await victim.insist { waprod in
            var listed: [Book.Inbound: Int] = [:]
            var after: String?
            repeat {
                let page = try await waprod(MessageList(direction: .inbound, after: after, limit: 1000))
                for message in page.items {
                    let person = String(message.phone?.dropFirst() ?? "")
                    listed[Book.Inbound(person: person, text: message.text ?? ""), default: 0] += 1
                }
                after = page.next
            } while after != nil
            return listed
        }
        for message in inbound {
            switch listed[message] ?? 0 {
            case 0: note("\(message.person) wrote \"\(message.text)\", and the daemon does not have it", \.lost)
            case 1: break
            case let count: note("\(message.person) wrote \"\(message.text)\" once, and the daemon has it \(count) times", \.twice)
            }
        }
    }
}

extension RecipientCounts {
    /// Everybody, whatever their state.
    var sum: Int64 {
        pending + waiting + sending + inDoubt + accepted + sent + delivered + read + played + failed + skipped + cancelled + expired
    }
}
