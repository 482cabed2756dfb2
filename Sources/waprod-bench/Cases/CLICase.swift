/// The command line from start to exit.
struct CLICase {
    private let scale: Scale
    private let count: Int

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(200, small: 50)
    }

    func rows() async throws -> [Row] {
        guard let curl = Program.found("curl") else { throw Measure.Failure("the floor of cli needs curl") }
        let meta = try await Meta()
        let daemon = try await Daemon(meta)
        defer { daemon.stop() }
        var row = Row(name: "cli", unit: "ms", ours: [], floor: [], bar: .atMost(1))
        for _ in 0..<scale.rounds {
            row.floor?.append(try await milliseconds(curl, ["--version"]))
            row.ours.append(try await milliseconds(.waproctl, ["status", "--socket", daemon.socket]))
        }
        try await meta.stop()
        return [row]
    }

    private func milliseconds(_ program: Program, _ arguments: [String]) async throws -> Double {
        try await onThread { [count] in
            var taken: [Double] = []
            for _ in 0..<count {
                let start = ContinuousClock.now
                guard try program.runHere(arguments) == 0 else { throw Measure.Failure("\(program.path) failed") }
                taken.append(start.duration(to: .now) / .milliseconds(1))
            }
            return taken.median
        }
    }
}
