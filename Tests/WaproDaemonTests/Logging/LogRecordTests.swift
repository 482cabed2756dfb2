import Logging
import Synchronization
import Testing
import WaproCore

@testable import WaproDaemon

struct LogRecordTests {
    /// What a handler would write for one event.
    private func record(
        _ message: Logger.Message,
        _ level: Logger.Level = .warning,
        metadata: Logger.Metadata = [:],
        handler: Logger.Metadata = [:],
        provider: Logger.Metadata? = nil
    ) throws -> LogRecord {
        let seen = Mutex<LogRecord?>(nil)
        var logger = Logger(label: "wapro.sending") { label in
            var made = OperatorLogHandler(label: label, level: .trace, sink: .init { record in seen.withLock { $0 = record } })
            made.metadata = handler
            if let provider { made.metadataProvider = .init { provider } }
            return made
        }
        logger.logLevel = .trace
        logger.log(level: level, message, metadata: metadata)
        return try #require(seen.withLock { $0 })
    }

    @Test func `metadata of an event goes before the provider's, and that before the logger's`() throws {
        let record = try record(
            "x",
            metadata: ["a": "event"],
            handler: ["a": "handler", "b": "handler", "c": "handler"],
            provider: ["a": "p", "b": "p"]
        )
        #expect(record.fields.map { "\($0.key)=\($0.value)" } == ["a=event", "b=p", "c=handler"])
    }

    @Test func `a plain line has time, level, message and fields`() throws {
        let record = try record(
            "campaign started",
            metadata: ["campaign": "cam_1", "why": "it was time", "n": .stringConvertible(3), "empty": ""]
        )
        #expect(
            record.plainLine(at: Timestamp(milliseconds: 0))
                == "1970-01-01T00:00:00.000Z warning campaign started campaign=cam_1 empty=\"\" n=3 why=\"it was time\"\n"
        )
        #expect(record.prioritisedLine.hasPrefix("<4>campaign started campaign=cam_1"))
    }

    @Test func `the journal gets each value as a field of its own`() throws {
        let fields = try record("no", .error, metadata: ["campaign": "cam_1", "peer-uid": "1000", "nested": ["a": "1", "b": ["x", "y"]]])
            .journalFields
        for expected in [
            "MESSAGE=no", "PRIORITY=3", "SYSLOG_IDENTIFIER=waprod", "WAPRO_LOGGER=wapro.sending", "WAPRO_CAMPAIGN=cam_1",
            "WAPRO_PEER_UID=1000", "WAPRO_NESTED_A=1", "WAPRO_NESTED_B=x,y",
        ] {
            #expect(fields.contains(expected), "\(fields)")
        }
        #expect(!fields.contains { $0.hasPrefix("MESSAGE_ID=") })
    }

    @Test func `an operator event has its message id, whatever the words`() throws {
        let fields = try record("serving", metadata: ["event": "ready"]).journalFields
        #expect(fields.contains("MESSAGE_ID=\(OperatorEvent.ready.messageID)"))
        let ids = OperatorEvent.allCases.map(\.messageID)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { id in id.utf8.count == 32 && id.allSatisfy(\.isHexDigit) })
    }

    @Test(arguments: [
        "a\nPRIORITY=0\n<0>forged", "\u{1b}[2Jgone", "safe\u{202e}txt.exe", "nul\0", "\u{2028}line", "\u{85}next", "\u{feff}",
    ])
    func `text from outside can neither forge a line nor act on a terminal`(hostile: String) throws {
        let record = try record("\(hostile)", metadata: ["value": "\(hostile)"])
        for line in [record.plainLine(at: Timestamp(milliseconds: 0)), record.prioritisedLine] {
            #expect(line.hasSuffix("\n"))
            #expect(isPrintable(line.dropLast()))
        }
        for field in record.journalFields {
            #expect(isPrintable(field))
        }
    }

    @Test func `a value cannot pass for another key`() {
        #expect(LogText.value("x level=critical") == "\"x level=critical\"")
        #expect(LogText.value("a\"b") == "\"a\\\"b\"")
        #expect(LogText.value("plain") == "plain")
    }

    @Test func `a long value is cut`() {
        #expect(LogText.escaped(String(repeating: "x", count: 5000)).count == 4097)
    }

    @Test func `a field's name has only what the journal allows`() {
        #expect(LogRecord.fieldName("phöne.Number") == "WAPRO_PH__NE_NUMBER")
        #expect(LogRecord.fieldName(String(repeating: "k", count: 100)).utf8.count == 64)
    }
}

private func isPrintable(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.generalCategory.isPrintable }
}
