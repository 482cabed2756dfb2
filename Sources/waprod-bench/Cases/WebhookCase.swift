import WaproCore

/// Webhooks with one status each: as many as can be answered, and 4,000 a second beside a bare fsync loop.
struct WebhookCase {
    private let scale: Scale
    private let count: Int

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(60_000, small: 8_000)
    }

    func rows() async throws -> [Row] {
        let meta = try await Meta(keeps: .messages)
        let daemon = try await Daemon(meta)
        defer { daemon.stop() }
        let bare = try await BareListener()
        var row = Row(name: "webhook", unit: "POST/s", ours: [], floor: [], bar: .atLeast(0.3), cpuSeconds: 0)
        var lags: [Double] = []
        var posts: [[UInt8]] = []
        for round in 0..<scale.rounds {
            let messages = try await send("webhook-\(round)", daemon, meta, group: round)
            posts = messages.map { Webhooks.post(Webhooks.statuses("delivered", of: CollectionOfOne($0))) }
            row.floor?.append(try await load(bare.port, posts).rate)
            let before = daemon.cpuSeconds
            row.ours.append(try await load(daemon.port, posts).rate)
            lags.append(try await Measure.seconds { try await daemon.settle() })
            row.cpuSeconds? += daemon.cpuSeconds - before
        }
        row.peak = daemon.peak
        row.remarks = ["all applied \(lags.median.text) s after the last answer"]
        try await bare.stop()
        let rows = [row] + [try await paced(daemon, meta)]
        try await meta.stop()
        return rows
    }

    /// At 4,000 a second, which is what a busy number gets and more.
    private func paced(_ daemon: Daemon, _ meta: Meta) async throws -> Row {
        var row = Row(name: "webhook-p99", unit: "ms", ours: [], floor: [], bar: .atMost(10))
        var lag = 0.0
        for round in 0..<scale.rounds {
            let messages = try await send("paced-\(round)", daemon, meta, group: scale.rounds + round)
            let posts = messages.map { Webhooks.post(Webhooks.statuses("delivered", of: CollectionOfOne($0))) }
            let loop = FsyncFloor()
            async let floor = loop.run(in: daemon.folder)
            let result = try await load(daemon.port, posts, pace: 4000)
            loop.end()
            row.ours.append(result.latencies.percentile(0.99) * 1000)
            row.floor?.append(try await floor.percentile(0.99) * 1000)
            lag = max(lag, try await Measure.seconds { try await daemon.settle() })
        }
        row.remarks = ["at 4,000/s beside a bare fdatasync loop; all applied at most \(lag.text) s after the last answer"]
        return row
    }

    private func send(_ name: String, _ daemon: Daemon, _ meta: Meta, group: Int) async throws -> [MetaLog.Message] {
        try await daemon.bringIn(count, list: name, group: group)
        try await daemon.prepare(name, list: name)
        try await daemon.start(name)
        try await daemon.finish(name)
        return meta.log.takeMessages()
    }

    private struct Loaded {
        var rate: Double
        var latencies: [Double]
    }

    private func load(_ port: Int, _ posts: [[UInt8]], pace: Double? = nil) async throws -> Loaded {
        let load = SocketLoad(address: .tcp(port), framing: .http, connections: 64, window: 1, pace: pace, good: "HTTP/1.1 200 ")
        let result = try await load.run(posts.count) { posts[$0] }
        guard result.wrong == 0 else { throw Measure.Failure("\(result.wrong) of \(posts.count) webhooks were not answered 200") }
        return Loaded(rate: Double(posts.count) / result.seconds, latencies: result.latencies)
    }
}
