import WaproCore

/// Webhooks with a thousand statuses each, from the first POST until all are applied.
struct BatchCase {
    private static let statuses = 1000
    private let scale: Scale
    private let count: Int

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(100_000, small: 20_000)
    }

    func rows() async throws -> [Row] {
        let meta = try await Meta(keeps: .messages)
        let daemon = try await Daemon(meta)
        defer { daemon.stop() }
        let floor = try await SQLiteFloor(in: daemon.folder, messages: count * scale.rounds)
        var row = Row(name: "webhook-batch", unit: "status/s", ours: [], floor: [], bar: .atLeast(0.5), cpuSeconds: 0)
        for round in 0..<scale.rounds {
            try await daemon.bringIn(count, list: "batch-\(round)", group: round)
            try await daemon.prepare("batch-\(round)", list: "batch-\(round)")
            try await daemon.start("batch-\(round)")
            try await daemon.finish("batch-\(round)")
            let messages = meta.log.takeMessages()
            let bodies = stride(from: 0, to: messages.count, by: Self.statuses).map { start in
                Webhooks.statuses("delivered", of: messages[start..<min(start + Self.statuses, messages.count)])
            }
            row.floor?.append(try await floor.run(bodies, statuses: Self.statuses))
            let before = daemon.cpuSeconds
            let posts = bodies.map(Webhooks.post)
            row.ours.append(
                try await Measure.rate(of: count) {
                    let load = SocketLoad(address: .tcp(daemon.port), framing: .http, connections: 8, window: 1, good: "HTTP/1.1 200 ")
                    guard try await load.run(posts.count, request: { posts[$0] }).wrong == 0 else {
                        throw Measure.Failure("webhooks were not answered 200")
                    }
                    try await daemon.settle()
                }
            )
            row.cpuSeconds? += daemon.cpuSeconds - before
        }
        row.peak = daemon.peak
        try await meta.stop()
        return [row]
    }
}
