/// A daemon of ten numbers that has nothing to do.
struct IdleCase {
    private let scale: Scale

    init(_ scale: Scale) { self.scale = scale }

    func rows() async throws -> [Row] {
        let meta = try await Meta()
        let daemon = try await Daemon(meta, numbers: 10)
        defer { daemon.stop() }
        // The first looks at numbers and templates are no idling: there are two, five seconds apart.
        try await Task.sleep(for: .seconds(15))
        let seconds = scale.isSmall ? 20 : 60
        let before = daemon.cpuSeconds
        try await Task.sleep(for: .seconds(seconds))
        let share = (daemon.cpuSeconds - before) / Double(seconds)
        let rows = [
            Row(name: "idle", unit: "% core", ours: [share * 100], bar: .atMost(0.1), cpuSeconds: share * Double(seconds)),
            Row(name: "idle-memory", unit: "MB", ours: [Double(daemon.resident) / 1_048_576], bar: .atMost(60), peak: daemon.peak),
        ]
        try await meta.stop()
        return rows
    }
}
