import MetaSim
import WaproRPC

/// Load and kills at once, then the verdict.
struct Torture {
    let victim: Victim
    private let book = Book()
    private let kills: Int
    private let recipients: Int
    private let seed: UInt64

    /// Chats that go on at the same time.
    private static let chats = 4

    init(kills: Int, recipients: Int, seed: UInt64) async throws {
        (self.kills, self.recipients, self.seed) = (kills, recipients, seed)
        victim = try await Victim()
    }

    func run() async throws -> Verdict {
        try await victim.start()
        let campaigns = Campaigns(victim: victim, book: book, recipients: recipients)
        try await campaigns.prepare()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await killAll() }
            group.addTask { try await campaigns.run() }
            for lane in 0..<Self.chats {
                group.addTask { try await Chats(victim: victim, book: book, lane: lane, lanes: Self.chats).run() }
            }
            group.addTask { try await Writers(victim: victim, book: book, recipients: recipients, seed: seed).run() }
            // Who fails first ends all the others.
            for try await _ in group {}
        }
        try await settle()
        return try await Verdict(kills: kills, recipients: recipients, book: book, victim: victim)
    }

    private func killAll() async throws {
        var dice = Dice(seed: seed)
        defer { book.close() }
        for kill in 1...max(1, kills) where kills > 0 {
            // One in eight comes while it starts.
            let isEarly = dice.next(below: 8) == 0
            try await Task.sleep(for: .milliseconds(isEarly ? dice.next(below: 150) : dice.next(below: 600) + 20))
            try victim.kill()
            if isEarly { try victim.spawn() } else { try await victim.start() }
            if kill % 50 == 0 { print("\(kill) kills, \(victim.simulator.ledger.count) messages, \(book.replies.count) replies") }
        }
        try await victim.waitUntilReady()
    }

    /// Waits until every webhook was answered and applied, and nothing waits to be sent.
    private func settle() async throws {
        let deadline = ContinuousClock.now + .seconds(300)
        var isQuiet = false
        while !isQuiet {
            guard ContinuousClock.now < deadline else { throw Victim.Failure(words: "it was not at rest five minutes after the last kill") }
            await victim.simulator.settled()
            try await Task.sleep(for: .milliseconds(200))
            let status = try await victim.insist { try await $0(SystemStatus()) }
            isQuiet = status.webhook.pending == 0 && status.queue.waiting == 0 && status.queue.inFlight == 0 && status.queue.pending == 0
        }
    }
}
