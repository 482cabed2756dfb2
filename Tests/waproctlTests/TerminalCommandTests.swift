import Synchronization
import Testing
import WaproCore
import WaproRPC

@testable import waproctl

/// What a command does for somebody who sits before a terminal, and what ends it without its doing.
struct TerminalCommandTests {
    private func run(_ line: String, _ router: Router?, _ change: (inout Surroundings) -> Void = { _ in }) async -> (Int32, Screen) {
        let screen = Screen()
        var outside = screen.surroundings(router)
        outside.errorsAreTerminal = true
        change(&outside)
        let status = await Surroundings.$current.withValue(outside) { await Main.run(line.split(separator: " ").map(String.init)) }
        return (status, screen)
    }

    private func verifying() throws -> Router {
        var handlers = Handlers()
        handlers.on(AuditVerify.self) { _, call throws(Fault) in
            await call.progress("entries", done: 5000, total: 12_000)
            return AuditVerify.Reply(intact: true, entries: 12_000, hash: "00")
        }
        return try Router(handlers, catalogue: Catalogue(methods: [AuditVerify.self]))
    }

    @Test func `progress is one line on a terminal that is gone at the end, and nothing elsewhere or with -q`() async throws {
        let (status, screen) = await run("audit verify", try verifying())
        #expect(status == 0 && screen.err == "\rentries: 5,000 of 12,000\u{1B}[K\r\u{1B}[K")
        for line in ["audit verify -q", "audit verify"] {
            let (status, screen) = await run(line, try verifying()) { $0.errorsAreTerminal = line.hasSuffix("-q") }
            #expect(status == 0 && screen.err.isEmpty)
        }
    }

    @Test func `a terminal that cannot go back in a line gets neither a line of progress nor a pager`() async throws {
        let (status, screen) = await run("audit verify", try verifying()) { $0.variable = { $0 == "TERM" ? "dumb" : nil } }
        #expect(status == 0 && screen.err.isEmpty)
        for (terminal, isPaged) in [("xterm", true), ("dumb", false)] {
            let pages = Mutex<[Bool]>([])
            _ = await run("audit verify", try verifying()) { outside in
                outside.outputIsTerminal = true
                outside.variable = { $0 == "TERM" ? terminal : nil }
                outside.write = { _, _, usesPager in pages.withLock { $0.append(usesPager) } }
            }
            #expect(pages.withLock { $0 } == [isPaged])
        }
    }

    @Test func `a subscription that the daemon ends, ends the command`() async throws {
        var handlers = Handlers()
        handlers.on(EventSubscribe.self) { _, call throws(Fault) in
            let name = call.keep("s", atMost: 1) { name in
                for seq in 7...8 as ClosedRange<Int64> {
                    let event = EventNotification(subscription: name, seq: seq, at: Timestamp(seconds: 0), topic: Open(.system))
                    _ = try? await call.notify(event)
                }
                _ = try? await call.notify(
                    SubscriptionEnded(subscription: name, type: "session_invalid", message: "The session has ended.")
                )
            }
            return EventSubscribe.Reply(subscription: name ?? "", cursor: 7)
        }
        let router = try Router(handlers, catalogue: Catalogue(methods: [EventSubscribe.self]))
        let (status, screen) = await run("event follow", router)
        #expect(status == Ending.refused && screen.err.hasPrefix("waproctl: The session has ended."))
        #expect(screen.out.count == 2 && screen.out[0].hasPrefix("7  ") && screen.out[1].hasPrefix("8  "))
        #expect(await run("event follow --fields seq,topic", router).1.out == ["seq  topic", "  7  system", "  8  system"])
    }

    @Test(arguments: [
        ("help campaign", "waproctl-campaign"), ("help campaign start", "waproctl-campaign"), ("help", "waproctl"),
        ("help status", "waproctl"),
    ])
    func `help opens the page of the manual, and says it itself where there is none`(line: String, page: String) async {
        let asked = Mutex<[String]>([])
        for isThere in [true, false] {
            let (status, screen) = await run(line, nil) { outside in
                outside.outputIsTerminal = true
                outside.showManual = { page in
                    asked.withLock { $0.append(page) }
                    return isThere
                }
            }
            #expect(status == 0 && screen.out.isEmpty == isThere)
        }
        #expect(asked.withLock { $0 } == [page, page])
        #expect(await run("\(line) --help", nil) { $0.outputIsTerminal = false }.1.out.isEmpty == false)
    }
}
