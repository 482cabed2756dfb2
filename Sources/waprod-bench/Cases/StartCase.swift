import WaproRPC

/// A large campaign: how long until its first message leaves, and how much memory it takes while it runs.
struct StartCase {
    private let scale: Scale
    private let count: Int

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(1_000_000, small: 100_000)
    }

    func rows() async throws -> [Row] {
        let meta = try await Meta()
        let daemon = try await Daemon(meta)
        defer { daemon.stop() }
        try await daemon.bringIn(count, list: "people")
        var row = Row(name: "start", unit: "s", ours: [], bar: .atMost(1))
        for round in 0..<scale.rounds {
            let name = "start-\(round)"
            // Nobody gets two messages within six seconds.
            if round > 0 { try await Task.sleep(for: .seconds(7)) }
            try await daemon.prepare(name, list: "people")
            meta.log.forget()
            let start = ContinuousClock.now
            try await daemon.start(name)
            while meta.log.first == nil {
                guard start.duration(to: .now) < .seconds(60) else { throw Measure.Failure("no message left within a minute") }
                try await Task.sleep(for: .milliseconds(1))
            }
            row.ours.append(start.duration(to: meta.log.first ?? .now) / .seconds(1))
            // It runs for a while: that is when it holds the most.
            if round == 0 { try await Task.sleep(for: .seconds(scale.isSmall ? 3 : 60)) }
            try await daemon.call { _ = try await $0(CampaignCancel(campaign: name)) }
        }
        let memory = Row(
            name: "start-memory",
            unit: "MB",
            ours: [Double(daemon.peak) / 1_048_576],
            bar: .atMost(100),
            remarks: ["at most, with the import of \(count) contacts before it"]
        )
        try await meta.stop()
        return [row, memory]
    }
}
