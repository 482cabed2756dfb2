import MetaSim

/// People of the campaigns who write without being answered: webhooks that come all the while.
struct Writers: Sendable {
    let victim: Victim
    let book: Book
    let recipients: Int
    let seed: UInt64

    func run() async throws {
        var dice = Dice(seed: seed ^ 0x5752_4954_4552)
        var index = 0
        while !book.isOver {
            let inbound = Book.Inbound(person: Campaigns.phone(dice.next(below: recipients)), text: "Note \(index)")
            let message = InboundMessage(from: inbound.person, text: inbound.text, to: StandardWorld.highThroughputPhoneNumberID)
            guard victim.simulator.sendInbound(message) != nil else { throw Victim.Failure(words: "\(inbound.person) cannot write") }
            book.written(inbound)
            index += 1
            try await Task.sleep(for: .milliseconds(20 + dice.next(below: 40)))
        }
    }
}
