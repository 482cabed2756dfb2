import Testing

@testable import WaproWire

@Suite struct MailboxTests {
    @Test func `senders wait for room, and everything arrives in order`() async throws {
        let mailbox = Mailbox<Int>(limit: 2)
        async let sent: Void = {
            for number in 0..<1000 { try await mailbox.send(number) }
            mailbox.finish()
        }()
        var received: [Int] = []
        while let number = await mailbox.next() { received.append(number) }
        try await sent
        #expect(received == Array(0..<1000))
    }

    @Test func `a finished mailbox gives what it has, and takes nothing`() async throws {
        let mailbox = Mailbox<Int>(limit: 2)
        try await mailbox.send(1)
        mailbox.finish()
        await #expect(throws: CancellationError.self) { try await mailbox.send(2) }
        #expect(await mailbox.next() == 1)
        #expect(await mailbox.next() == nil)
    }

    @Test func `whoever waits can be cancelled`() async throws {
        let mailbox = Mailbox<Int>(limit: 1)
        try await mailbox.send(1)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await #expect(throws: CancellationError.self) { try await mailbox.send(2) } }
            group.cancelAll()
        }
        #expect(await mailbox.next() == 1)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { #expect(await mailbox.next() == nil) }
            group.cancelAll()
        }
    }
}
