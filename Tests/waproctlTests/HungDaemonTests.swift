import Testing
import WaproCore
import WaproRPC

@testable import waproctl

/// A daemon that takes a call and never answers holds nobody up for longer than --timeout.
@Suite(.timeLimit(.minutes(1))) struct HungDaemonTests {
    private static let begun = ContactImport.Reply(importID: ImportID(rawValue: 1), pieceBytes: 10, state: Open(.reading)).json

    @Test(arguments: [[:], [ContactImport.name: begun]] as [[String: JSONValue]])
    func `an import ends, and names the key under which it is repeated`(replies: [String: JSONValue]) async {
        let screen = Screen()
        let words = ["contact", "import", "people.csv", "--timeout", "10ms"]
        #expect(await screen.run(words, nil, file: [1]) { $0.connect = Hung(replies: replies).connect } == Ending.outcomeUnknown)
        #expect(screen.err.contains("No answer came in time.") && screen.err.contains("--idempotency-key key:"), "\(screen.err)")
    }

    @Test func `refused rows that are not told in time do not make an import doubtful`() async {
        let done = ImportProgress(
            importID: ImportID(rawValue: 1),
            state: Open(.done),
            startedAt: Timestamp(seconds: 0),
            lines: 2,
            created: 1,
            updated: 0,
            unchanged: 0,
            refused: 1,
            reason: nil
        )
        let hung = Hung(replies: [ContactImport.name: Self.begun, ImportAppend.name: done.json])
        let screen = Screen()
        let words = ["contact", "import", "people.csv", "--timeout", "10ms"]
        #expect(await screen.run(words, nil, file: [1]) { $0.connect = hung.connect } == 0, "\(screen.err)")
        #expect(screen.out.count == 2 && screen.out[1].contains("all of them"))
    }

    @Test func `a subscription that is not taken in time ends the command`() async {
        let screen = Screen()
        let words = ["event", "follow", "--timeout", "10ms"]
        #expect(await screen.run(words, nil) { $0.connect = Hung().connect } == Ending.tryLater)
        #expect(screen.err.contains("No answer came in time.") && screen.err.contains("--timeout gives it longer."), "\(screen.err)")
    }
}
