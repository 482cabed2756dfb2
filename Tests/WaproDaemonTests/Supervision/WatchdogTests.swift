import Logging
import Synchronization
import Testing

@testable import WaproDaemon

struct WatchdogTests {
    /// Runs the watchdog for some rounds; `counts` gives each loop's progress in each round. Returns the rounds that ended in a ping.
    private func pings(rounds: Int, _ counts: [String: [Int]]) async throws -> [Int] {
        let round = Mutex(0)
        let pinged = Mutex<[Int]>([])
        var supervision = Supervision.trapping
        supervision.watchdogInterval = { .seconds(8) }
        supervision.ping = { pinged.withLock { $0.append(round.withLock { $0 }) } }
        let loops = counts.map { name, counts in Watchdog.Loop(name) { round.withLock { counts[$0] } } }
        let watchdog = Watchdog(loops, supervision: supervision, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        {
            #expect($0 == .seconds(2))
            let next = round.withLock { round in
                round += 1
                return round
            }
            if next == rounds { throw CancellationError() }
        }
        try await watchdog.run()
        return pinged.withLock { $0 }
    }

    @Test func `systemd is pinged as long as every loop moves`() async throws {
        #expect(try await pings(rounds: 4, ["writer": [0, 1, 2, 3], "sender": [7, 8, 9, 10]]) == [0, 1, 2, 3])
    }

    @Test func `one loop that stands still stops the pings, whatever the others do`() async throws {
        #expect(try await pings(rounds: 5, ["writer": [0, 1, 1, 1, 1], "sender": [1, 2, 3, 4, 5]]) == [0, 1])
    }

    @Test func `a loop that misses a round and then moves is forgiven`() async throws {
        #expect(try await pings(rounds: 5, ["writer": [0, 0, 1, 1, 2]]) == [0, 2, 4])
    }

    @Test func `a counter that starts anew counts as movement`() async throws {
        #expect(try await pings(rounds: 3, ["writer": [9, 0, 1]]) == [0, 1, 2])
    }

    @Test func `status goes to systemd only when it changed`() async throws {
        let lines = ["starting", "serving", "serving", "stopping"].map { StatusLine(state: $0, numbers: 1) }
        let turn = Mutex(0)
        let shown = Mutex<[String]>([])
        var supervision = Supervision.trapping
        supervision.status = { text in shown.withLock { $0.append(text) } }
        let pauses = Mutex<[Duration]>([])
        let board = StatusBoard(supervision: supervision) { pause in
            pauses.withLock { $0.append(pause) }
            let next = turn.withLock { turn in
                turn += 1
                return turn
            }
            if next == lines.count { throw CancellationError() }
        } line: {
            lines[turn.withLock { $0 }]
        }
        try await board.run()
        #expect(shown.withLock { $0 } == ["starting · 1 number", "serving · 1 number", "stopping · 1 number"])
        // Where nothing changes, it looks less often.
        #expect(pauses.withLock { $0 } == [1, 1, 5, 1].map { .seconds($0) })
    }

    @Test func `the status line shows what is worth showing`() {
        let busy = StatusLine(state: "serving", numbers: 3, queued: 1204, sendingRate: 81, inDoubt: 2, meta: "ok")
        #expect(busy.description == "serving · 3 numbers · queue 1204 · 81 msg/s · in doubt 2 · Meta: ok")
        #expect(StatusLine(state: "not configured").description == "not configured · 0 numbers")
    }
}
