import Synchronization
import Testing
import WaproCore
import WaproRPC

@testable import waproctl

/// The line of a terminal that says how far something is.
@Suite(.timeLimit(.minutes(1))) struct ProgressTests {
    private static let gone = "\r\u{1B}[K"

    /// Every look at the clock finds a second gone.
    private func run(_ line: String, _ router: Router, width: Int? = nil, file: [UInt8] = []) async -> (Int32, Screen) {
        let screen = Screen()
        let begin = ContinuousClock.now
        let looks = Mutex(0)
        let status = await screen.run(line.split(separator: " ").map(String.init), router, file: file) { outside in
            outside.errorsAreTerminal = true
            outside.errorsWidth = { width }
            outside.now = {
                looks.withLock { looks in
                    looks += 1
                    return begin + .seconds(looks)
                }
            }
        }
        return (status, screen)
    }

    /// What was drawn, each in place of the one before.
    private func drawn(_ screen: Screen) -> [Substring] {
        screen.err.split(separator: "\r").map { $0.hasSuffix("\u{1B}[K") ? $0.dropLast(3) : $0 }
    }

    @Test func `a campaign that is watched is one line, which is gone when the report is there`() async throws {
        let (status, screen) = await run("campaign watch spring", try Campaigning([.running, .finished]).router())
        #expect(status == 0 && screen.err.hasSuffix("10 of 10\u{1B}[K" + Self.gone) && !screen.err.contains("⏎"))
        #expect(drawn(screen).count == 3 && drawn(screen)[0].hasPrefix("spring running"))
    }

    @Test func `an import is one line, which is gone when its result is there`() async throws {
        let (status, screen) = await run("contact import people.csv", try Taker().router(), file: [UInt8](repeating: 1, count: 15))
        let lines = ["1 line: 1 new, 0 updated, 0 unchanged, 0 refused", "2 lines: 1 new, 0 updated, 0 unchanged, 1 refused"]
        #expect(status == 0 && screen.err == lines.map { "\r\($0)\u{1B}[K" }.joined() + Self.gone)
        #expect(screen.out.first == lines[1])
    }

    @Test func `it is cut to the terminal, so that it never goes on in a second row`() async throws {
        var handlers = Handlers()
        handlers.on(AuditVerify.self) { _, call throws(Fault) in
            await call.progress("entries of the audit log", done: 5000, total: 12_000_000)
            return AuditVerify.Reply(intact: true, entries: 12_000, hash: "00")
        }
        let verifying = try Router(handlers, catalogue: Catalogue(methods: [AuditVerify.self]))
        let screens = [
            await run("campaign watch a-campaign-with-a-long-name", try Campaigning([.running, .finished]).router(), width: 40).1,
            await run("contact import people.csv", try Taker().router(), width: 40, file: [1]).1,
            await run("audit verify", verifying, width: 40).1,
        ]
        for screen in screens {
            #expect(drawn(screen).allSatisfy { TextWidth.of(String($0)) <= 39 } && drawn(screen)[0].hasSuffix("…"), "\(screen.err)")
        }
    }

    @Test func `an error finds the line gone`() async throws {
        let late = await run("campaign watch spring --timeout 3s", try Campaigning([.running]).router())
        #expect(late.0 == Ending.tryLater && late.1.err.hasSuffix(Self.gone + "waproctl: spring has not ended yet; it goes on.\n"))
        let file = [UInt8](repeating: 1, count: 15)
        let refused = await run("contact import people.csv", try Taker(.refusesSecondPiece).router(), file: file)
        #expect(refused.0 == Ending.refused && refused.1.err.contains(Self.gone + "waproctl: Out of order."))
    }

    @Test func `what is said meanwhile finds it gone, and it comes back`() async throws {
        let (_, screen) = await run("campaign watch spring -v", try Campaigning([.running, .running, .finished]).router())
        let words = "campaign.report: answered"
        let pieces = screen.err.split(separator: Self.gone + words, omittingEmptySubsequences: false)
        // Before the first there was no line yet.
        #expect(pieces.count == 3 && pieces[0].hasPrefix(words) && pieces.allSatisfy { $0.contains("\r") }, "\(screen.err)")
    }
}
