import MetaSim
import WaproRPC

/// Somebody writes, and gets an answer: a `message.send` with an idempotency key, repeated until the daemon answers it.
struct Chats: Sendable {
    let victim: Victim
    let book: Book
    let lane: Int
    let lanes: Int

    func run() async throws {
        var index = lane
        while !book.isOver {
            try await talk(index)
            index += lanes
        }
    }

    private func talk(_ index: Int) async throws {
        let person = "447700\(900_000 + index)"
        let inbound = Book.Inbound(person: person, text: "Question \(index)")
        let message = InboundMessage(from: person, text: inbound.text, to: StandardWorld.highThroughputPhoneNumberID)
        guard victim.simulator.sendInbound(message) != nil else { throw Victim.Failure(words: "\(person) cannot write") }
        book.written(inbound)
        let send = MessageSend(number: "default", to: "+\(person)", text: "Answer \(index)", idempotencyKey: "reply-\(index)")
        guard let reply = try await answered(send) else {
            return book.complain("\(person) wrote and may not be answered a minute later: what they wrote is not there")
        }
        book.answered(Book.Reply(person: person, text: "Answer \(index)", message: reply.message))
        // An answer that got lost on its way looks like this to the daemon.
        guard index % 4 == 0 else { return }
        let again = try await victim.insist { try await $0(send) }
        if again.message != reply.message { book.complain("\(person): the same key was answered with another message") }
    }

    /// Until the webhook of what the person wrote is applied, free text is refused; nil when it still is a minute later.
    private func answered(_ send: MessageSend) async throws -> MessageSend.Reply? {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            do {
                return try await victim.insist { try await $0(send) }
            } catch CallFailure.fault(let fault) where fault.kind == .windowClosed {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        return nil
    }
}
