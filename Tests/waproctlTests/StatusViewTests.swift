import Testing
import WaproCore
import WaproRPC

@testable import waproctl

@Suite struct StatusViewTests {
    private func lines(waits: [WaitSummary]) -> [String] {
        let status = SystemStatus.Reply(
            version: "1",
            store: "0a1b2c3d",
            boot: BootID(rawValue: 1),
            startedAt: Timestamp(seconds: 0),
            state: Open(.ready),
            problems: [],
            numbers: [],
            queue: QueueSummary(pending: 0, waiting: 0, inFlight: 0, inDoubt: 0),
            campaignsRunning: 0,
            webhook: WebhookSummary(pending: 0, quarantined: 0),
            events: EventSpan(first: 1, last: 0),
            memoryBytes: 1,
            databaseBytes: 1,
            walBytes: 0,
            waits: waits
        )
        return StatusView.lines(status, width: nil).map(\.string)
    }

    private func wait(_ work: StoreWork, p99: Double) -> WaitSummary {
        WaitSummary(work: Open(work), count: 100, p50: 1, p99: p99, max: p99)
    }

    @Test func `waits for the store take a line only when somebody waits too long`() {
        #expect(!lines(waits: [wait(.control, p99: 12), wait(.background, p99: 400)]).contains { $0.contains("slow") })
        let slow = lines(waits: [wait(.control, p99: 140.2), wait(.journal, p99: 9), wait(.applying, p99: 1500)])
        #expect(
            slow.filter { $0.contains("slow") } == ["  slow       1 change in 100 waited for the store: control 140 ms, applying 1,500 ms"]
        )
    }
}
