import Synchronization
import WaproRPC

/// A working day in a few minutes: 1,000 messages a second of a campaign, the three statuses of each, 1,000 people a second who write, and
/// replies to them, twenty a second. In the last third a file of contacts is imported as well.
struct MixedCase {
    private static let sends = 1000.0
    private static let inbound = 1000.0
    private static let statuses = 3
    private static let replies = 20
    /// Who writes: so many that nobody has two replies within six seconds.
    private static let people = 20_000

    private let scale: Scale
    private let seconds: Int
    private let imported: Int

    init(_ scale: Scale) {
        self.scale = scale
        seconds = scale.isSmall ? 24 : 600
        imported = scale.isSmall ? 50_000 : 1_000_000
    }

    func rows() async throws -> [Row] {
        let meta = try await Meta(keeps: .messages)
        let daemon = try await Daemon(meta, numbers: 2)
        defer { daemon.stop() }
        try await daemon.bringIn(seconds * Int(Self.sends), list: "people", group: 1)
        try await daemon.prepare("mixed", list: "people", rate: Int(Self.sends))
        try Measure.write(People.csv(imported, group: 3), to: "\(daemon.folder)/late.csv")
        try await daemon.start("mixed")

        let news = News(meta.log)
        let total = seconds * Int(Self.sends * Double(Self.statuses) + Self.inbound)
        let cpu = daemon.cpuSeconds
        let begun = ContinuousClock.now
        async let webhooks = SocketLoad(
            address: .tcp(daemon.port),
            framing: .http,
            connections: 64,
            window: 1,
            pace: Double(total) / Double(seconds),
            good: "HTTP/1.1 200 "
        ).run(total) { _ in Webhooks.post(news.next()) }
        async let replies = reply(daemon, meta.log)
        async let samples = watch(daemon)
        try await Task.sleep(for: .seconds(seconds * 2 / 3))
        let importedAt = begun.duration(to: .now) / .seconds(1)
        let status = try await Program.waproctl.run([
            "contact", "import", "\(daemon.folder)/late.csv", "--list", "late", "--socket", daemon.socket,
        ])
        guard status == 0 else { throw Measure.Failure("the import ended with \(status)") }
        let importTook = begun.duration(to: .now) / .seconds(1) - importedAt
        let result = try await webhooks
        let taken = begun.duration(to: .now) / .seconds(1)
        let (answers, seen) = try await (replies, samples)
        let used = daemon.cpuSeconds - cpu
        let lag = try await Measure.seconds { try await daemon.settle() }
        try await meta.stop()

        let quiet = answers.filter { $0.at < importedAt }.map(\.milliseconds)
        let busy = answers.filter { $0.at >= importedAt && $0.at < importedAt + importTook }.map(\.milliseconds)
        let first = seen.filter { (taken / 6..<taken / 3).contains($0.at) }
        let last = seen.filter { (taken / 2..<importedAt).contains($0.at) }
        let growth = last.map(\.memory).median / max(1, first.map(\.memory).median)
        return [
            Row(
                name: "mixed-reply",
                unit: "ms p99",
                ours: [quiet.percentile(0.99)],
                bar: .atMost(250),
                cpuSeconds: used,
                peak: daemon.peak,
                remarks: ["\(Int(Double(total) / taken)) webhooks/s for \(taken.text) s; all applied \(lag.text) s after the last answer"]
            ),
            Row(
                name: "mixed-busy",
                unit: "ms p99",
                ours: [busy.percentile(0.99)],
                bar: .atMost(250),
                remarks: ["\(busy.count) replies while \(imported) contacts were imported in \(importTook.text) s"]
            ),
            Row(name: "mixed-refused", unit: "POST", ours: [Double(result.wrong)], bar: .atMost(0)),
            Row(name: "mixed-memory", unit: "growth", ours: [growth], bar: .atMost(1.1)),
            Row(name: "mixed-lag", unit: "bodies", ours: [seen.map(\.pending).percentile(0.99)], bar: .atMost(4000)),
            Row(name: "mixed-wal", unit: "MB", ours: [seen.map(\.wal).max() ?? 0], bar: .atMost(128)),
        ]
    }

    private struct Answer: Sendable {
        /// Seconds since the beginning.
        var at: Double
        /// From the call to the POST.
        var milliseconds: Double
    }

    /// Replies to people who wrote, at a steady pace.
    private func reply(_ daemon: Daemon, _ log: MetaLog) async throws -> [Answer] {
        // The first of them have written by then.
        try await Task.sleep(for: .seconds(2))
        return try await daemon.call { waprod in
            let begun = ContinuousClock.now
            var answers: [Answer] = []
            for index in 0..<(seconds - 3) * Self.replies {
                let due = begun + .milliseconds(index * 1000 / Self.replies)
                try await Task.sleep(until: due)
                let text = "Yes, number \(index)."
                let call = ContinuousClock.now
                _ = try await waprod(MessageSend(number: "n1", to: "+\(News.person((index + 1) * 4 % Self.people))", text: text))
                while log.arrival(of: text) == nil {
                    guard call.duration(to: .now) < .seconds(30) else { throw Measure.Failure("a reply did not leave in half a minute") }
                    try await Task.sleep(for: .milliseconds(1))
                }
                let took = call.duration(to: log.arrival(of: text) ?? .now) / .milliseconds(1)
                answers.append(Answer(at: begun.duration(to: call) / .seconds(1) + 2, milliseconds: took))
            }
            return answers
        }
    }

    private struct Sample: Sendable {
        var at: Double
        var memory: Double
        var pending: Double
        var wal: Double
    }

    private func watch(_ daemon: Daemon) async throws -> [Sample] {
        try await daemon.call { waprod in
            let begun = ContinuousClock.now
            var samples: [Sample] = []
            while begun.duration(to: .now) < .seconds(seconds) {
                let status = try await waprod(SystemStatus())
                samples.append(
                    Sample(
                        at: begun.duration(to: .now) / .seconds(1),
                        memory: Double(daemon.resident),
                        pending: Double(status.webhook.pending),
                        wal: Double(status.walBytes) / 1_048_576
                    )
                )
                try await Task.sleep(for: .milliseconds(250))
            }
            return samples
        }
    }

    /// What Meta tells: the statuses of what was sent, as far as something was, and between them people who write.
    private final class News: Sendable {
        private struct State {
            var statuses: [(status: String, message: MetaLog.Message)] = []
            var ordinal = 0
        }

        private let log: MetaLog
        private let state = Mutex(State())

        init(_ log: MetaLog) { self.log = log }

        static func person(_ index: Int) -> Int { 447_700_000_000 + index }

        func next() -> [UInt8] {
            state.withLock { state in
                state.ordinal += 1
                if state.statuses.isEmpty {
                    // Read comes first out, last of the three.
                    for message in log.takeMessages() where !message.phone.hasPrefix("+4477") {
                        for status in ["read", "delivered", "sent"] { state.statuses.append((status, message)) }
                    }
                }
                if state.ordinal % (MixedCase.statuses + 1) > 0, let (status, message) = state.statuses.popLast() {
                    return Webhooks.statuses(status, of: CollectionOfOne(message))
                }
                return Webhooks.text(from: "\(Self.person(state.ordinal % MixedCase.people))", state.ordinal, to: 1)
            }
        }
    }
}
