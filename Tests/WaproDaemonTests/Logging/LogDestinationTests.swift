import Glibc
import Logging
import Testing

@testable import WaproDaemon

struct LogDestinationTests {
    @Test func `the journal is used only when standard error still is its stream`() throws {
        let stream = open("/dev/null", O_WRONLY)
        defer { close(stream) }
        var status = stat()
        try #require(fstat(stream, &status) == 0)
        let name = "\(status.st_dev):\(status.st_ino)"
        #expect(LogDestination.detected(environment: ["JOURNAL_STREAM": name, "INVOCATION_ID": "x"], descriptor: stream) == .journal)
        #expect(
            LogDestination.detected(environment: ["JOURNAL_STREAM": "\(name)0", "INVOCATION_ID": "x"], descriptor: stream) == .prioritised
        )
        for odd in ["", ":", "x:y", "1", "1:2:3"] {
            #expect(LogDestination.detected(environment: ["JOURNAL_STREAM": odd], descriptor: stream) == .plain)
        }
        #expect(LogDestination.detected(environment: [:], descriptor: stream) == .plain)
    }

    @Test(arguments: [(LogDestination.plain, " notice serving numbers=3\n"), (.prioritised, "<5>serving numbers=3\n")])
    func `lines reach standard error whole`(destination: LogDestination, ending: String) async throws {
        let isPlain = destination == .plain
        let result = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) { [isPlain = isPlain as Bool] in
            let destination: LogDestination = isPlain ? .plain : .prioritised
            let logger = Logger(label: "test") { destination.handler(label: $0, level: .info) }
            logger.debug("not shown")
            logger.notice("serving", metadata: ["numbers": "3"])
        }
        let text = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(text.contains(ending), "\(text)")
        #expect(!text.contains("not shown"))
    }
}
