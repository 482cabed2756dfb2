import Glibc

/// People from a CSV: normalised, deduplicated, durable, through the socket by waproctl.
struct ImportCase {
    private let scale: Scale
    private let count: Int

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(1_000_000, small: 100_000)
    }

    func rows() async throws -> [Row] {
        guard let sqlite3 = Program.found("sqlite3") else { throw Measure.Failure("the floor of import needs sqlite3") }
        var row = Row(name: "import", unit: "row/s", ours: [], floor: [], bar: .atLeast(0.3), cpuSeconds: 0, peak: 0)
        let meta = try await Meta()
        for _ in 0..<scale.rounds {
            // Each time nobody is known yet.
            let daemon = try await Daemon(meta)
            defer { daemon.stop() }
            let path = "\(daemon.folder)/people.csv"
            try Measure.write(People.csv(count), to: path)
            row.floor?.append(try await ImportFloor(sqlite3).run(path, rows: count, in: daemon.folder))
            let before = daemon.cpuSeconds
            row.ours.append(
                try await Measure.rate(of: count) {
                    let status = try await Program.waproctl.run(["contact", "import", path, "--list", "people", "--socket", daemon.socket])
                    guard status == 0 else { throw Measure.Failure("waproctl ended with \(status)") }
                }
            )
            row.cpuSeconds? += daemon.cpuSeconds - before
            row.peak = max(row.peak ?? 0, daemon.peak)
        }
        try await meta.stop()
        return [row]
    }
}
