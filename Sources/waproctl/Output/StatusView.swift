import WaproRPC

/// The status on one screen.
enum StatusView {
    /// A p99 from which on a wait for the store is worth a line.
    private static let slowMilliseconds = 100.0

    static func lines(_ status: SystemStatus.Reply, header: Bool = true, width: Int?) -> [TerminalText] {
        var lines: [TerminalText] = ["waprod \(status.version), store \(status.store): \(status.state.slug)"]
        for problem in status.problems { lines.append("  ! \(problem)") }
        lines.append("  up since   \(Human.time(status.startedAt))")
        lines.append("  campaigns  \(Human.count(Int64(status.campaignsRunning))) running")
        let queue = status.queue
        lines.append(
            "  queue      \(Human.count(queue.pending)) pending, \(Human.count(queue.waiting)) waiting, \(Human.count(queue.inFlight)) in flight, \(Human.count(queue.inDoubt)) in doubt"
        )
        var webhook: TerminalText =
            "  webhook    \(Human.count(status.webhook.pending)) to apply, \(Human.count(status.webhook.quarantined)) in quarantine"
        webhook += status.webhook.lastAt.map { ", last \(Human.time($0))" } ?? ", none yet"
        lines.append(webhook)
        lines.append("  events     \(status.events.first) to \(status.events.last)")
        lines.append(
            "  memory     \(Human.bytes(status.memoryBytes)), database \(Human.bytes(status.databaseBytes)) and log \(Human.bytes(status.walBytes))"
        )
        // Imports wait by design; what people and Meta wait for should not.
        let slow = status.waits.filter { $0.work.known != .background && $0.p99 >= slowMilliseconds }
        if !slow.isEmpty {
            let words = slow.map { "\($0.work.slug) \(Human.count(Int64($0.p99.rounded()))) ms" }.joined(separator: ", ")
            lines.append("  slow       1 change in 100 waited for the store: \(words)")
        }
        if !status.numbers.isEmpty {
            var table = Table(columns: [
                .init(heading: "number", isNumber: false), .init(heading: "display", isNumber: false),
                .init(heading: "a second", isNumber: true),
                .init(heading: "in flight", isNumber: true), .init(heading: "waiting", isNumber: true),
            ])
            for number in status.numbers {
                table.rows.append([
                    "\(number.name)", "\(number.display)", "\(Human.rate(number.rate))", "\(Human.count(Int64(number.inFlight)))",
                    "\(Human.count(Int64(number.waiting)))",
                ])
            }
            lines += [""] + table.lines(width: width.map { $0 - 2 }, header: header).map { "  " + $0 }
        }
        return lines
    }
}
