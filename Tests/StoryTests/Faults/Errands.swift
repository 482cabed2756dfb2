import MetaSim
import Testing
import WaproCore
import WaproRPC

/// What a small company does at once: a campaign, replies in conversations, people who write in. It keeps its own book of what it was
/// answered, and repeats with the same key what was not.
struct Errands: Sendable {
    static let people = 24
    static let conversations = (0..<3).map { "+44770090010\($0)" }
    static let newcomers = (0..<4).map { "+44770090020\($0)" }

    let stage: Stage

    /// What was answered, and so must be true for ever.
    struct Book: Sendable {
        var campaign: CampaignID
        /// By the person that it was for.
        var replies: [String: MessageID] = [:]
    }

    func run() async throws -> Book {
        async let written: Void = writeIn()
        var book = Book(campaign: try await start())
        for person in Self.conversations { book.replies[person] = try await reply(to: person) }
        try await written
        return book
    }

    /// Says everything again with the same keys: the answers must be the same and nothing more may happen.
    func repeatAll(_ book: Book) async throws {
        let campaign = try await start()
        #expect(campaign == book.campaign)
        for (person, message) in book.replies {
            let again = try await reply(to: person)
            #expect(again == message, "a repeated call had another effect")
        }
    }

    private func start() async throws -> CampaignID {
        try await stage.insist(CampaignStart(campaign: "launch", idempotencyKey: "start")).id
    }

    private func reply(to person: String) async throws -> MessageID {
        let reply = MessageSend(
            number: "offers",
            to: person,
            text: "For you, \(person.suffix(3))",
            idempotencyKey: "reply-\(person.suffix(3))"
        )
        return try await stage.insist(reply).message
    }

    private func writeIn() async throws {
        for person in Self.newcomers {
            let message = InboundMessage(from: person, text: "I am \(person.suffix(3))", to: StandardWorld.highThroughputPhoneNumberID)
            #expect(stage.simulator.sendInbound(message) != nil)
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension Stage {
    /// Calls until there is an answer, as a careful program does: again with the same key when the connection was lost or the daemon
    /// asks to come again.
    func insist<M: WaproRPC.Method>(_ method: M, within limit: Duration = .seconds(40)) async throws -> M.Reply {
        let deadline = ContinuousClock.now + limit
        while true {
            do {
                return try await call { try await $0(method) }
            } catch CallFailure.fault(let fault) where !fault.retryable {
                throw CallFailure.fault(fault)
            } catch CallFailure.malformed(let words) {
                throw CallFailure.malformed(words)
            } catch {
                try #require(ContinuousClock.now < deadline, "\(M.name) was not answered within \(limit): \(error)")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }
}
