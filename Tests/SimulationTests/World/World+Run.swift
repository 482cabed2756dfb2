import WaproCore

@testable import WaproSending

extension World {
    /// More than this, and it does not come to an end.
    private static let mostTurns = 20_000

    /// Runs to the end and checks what must be true then. Throws `Broken` when an invariant does not hold.
    func run() async throws {
        try feed(.tick)
        for _ in 0..<scenario.turns { try await turn() }
        if scenario.shutsDown { try await shutDown() }
        isSettling = true
        hears.isSet = true
        trace.note("\(now) -- faults end")
        for _ in 0..<Self.mostTurns {
            try await turn()
            guard isIdle else { continue }
            if try await setRight() { continue }
            if try await !passTime() { return try await checkEnd() }
        }
        throw Broken("I3", "it does not come to an end: \(ledger.open)")
    }

    /// Nothing is under way; only time can bring something.
    var isIdle: Bool {
        effects.isEmpty && inbox.isEmpty && meta.flights.isEmpty && !isRinging && !hasJournal
            && !meta.notices.contains { $0.due <= elapsed }
    }

    /// One thing, of those that can happen now.
    func turn() async throws {
        if !isSettling {
            try await misfortune()
            try await people()
        }
        switch random.int(0...4) {
        case 0 where !inbox.isEmpty, 1 where !inbox.isEmpty: try readMail()
        case 2 where !effects.isEmpty, 3 where !effects.isEmpty:
            try await carryOut(effects.remove(at: random.int(0...effects.count - 1)))
        case 4 where isRinging:
            isRinging = false
            inbox.append(.rang)
        default: try await otherwise()
        }
    }

    private func otherwise() async throws {
        switch random.int(0...2) {
        case 0 where !meta.flights.isEmpty: answer()
        case 1 where meta.notices.contains { $0.due <= elapsed }: try await deliver()
        case 2 where hasJournal: try await apply()
        default:
            if !inbox.isEmpty {
                try readMail()
            } else if let index = effects.indices.randomElement(using: &random) {
                try await carryOut(effects.remove(at: index))
            } else if isRinging {
                isRinging = false
                inbox.append(.rang)
            } else if !meta.flights.isEmpty {
                answer()
            } else if !isSettling, isIdle {
                _ = try await passTime()
            }
        }
    }

    /// The machine reads everything that came, as its mailbox gives it.
    func readMail() throws {
        let inputs = inbox
        inbox = []
        for input in inputs { try feed(input) }
    }

    func feed(_ input: SendingInput) throws {
        let asked = machine.step(input, at: now)
        for effect in asked {
            switch effect {
            case .wake(let time): wakes.append(Wake(time: time, due: elapsed + max(.zero, now.duration(to: time))))
            case .handOver(let claims): for claim in claims { try handOver(claim) }
            default: effects.append(effect)
            }
        }
        for limit in machine.campaigns.values.compactMap(\.limit) { tally.count("limit \(limit.slug)") }
    }

    /// To the next moment at which something comes; false when nothing ever will.
    private func passTime() async throws -> Bool {
        if ledger.hasUnlistedDoubt, nextLook == nil { nextLook = elapsed + Self.interval }
        let dues = wakes.map(\.due) + meta.notices.map(\.due) + [nextLook].compactMap(\.self)
        guard let next = dues.min() else { return false }
        pass(max(.zero, next - elapsed))
        if let look = nextLook, look <= elapsed { try await lookAtDoubts() }
        return true
    }

    /// Time passes; wakes that are due come.
    func pass(_ duration: Duration) {
        elapsed += duration
        clock.step(by: duration)
        ledger.clockIs(now)
        for wake in wakes where wake.due <= elapsed { inbox.append(.woke(wake.time)) }
        wakes.removeAll { $0.due <= elapsed }
    }

    func lookAtDoubts() async throws {
        nextLook = nil
        try await doubts.look()
        try await catchUp()
    }
}
