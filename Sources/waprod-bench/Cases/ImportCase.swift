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
            row.floor?.append(
                try await Measure.rate(of: count) {
                    let commands = "CREATE TABLE people (phone TEXT PRIMARY KEY, first_name TEXT) WITHOUT ROWID;\n.import --csv --skip 1 \(path) people\n"
                    try Measure.write(Array(commands.utf8), to: "\(daemon.folder)/commands")
                    let status = try await sqlite3.run(["\(daemon.folder)/floor.db"], input: "\(daemon.folder)/commands")
                    guard status == 0 else { throw Measure.Failure("sqlite3 ended with \(status)") }
                }
            )
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
