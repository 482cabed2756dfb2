import WaproCore

/// The rate that Meta allows, kept over time though each answer takes a while.
struct PacedCase {
    private static let rate = 1000
    private let scale: Scale
    private let seconds: Int

    init(_ scale: Scale) {
        self.scale = scale
        seconds = scale.isSmall ? 12 : 60
    }

    func rows() async throws -> [Row] {
        let meta = try await Meta(latency: .milliseconds(150), keeps: .times)
        let daemon = try await Daemon(meta, rate: Self.rate)
        defer { daemon.stop() }
        let count = seconds * Self.rate
        try await daemon.bringIn(count, list: "people")
        try await daemon.prepare("paced", list: "people")
        let before = daemon.cpuSeconds
        let taken = try await Measure.seconds {
            try await daemon.start("paced")
            try await daemon.finish("paced", every: .seconds(1))
        }
        let cpu = daemon.cpuSeconds - before
        let times = meta.log.times
        let start = times.first ?? .now
        let offsets = times.map { start.duration(to: $0) / .seconds(1) }
        let most = Self.most(offsets, in: 1)
        let least = Self.least(offsets, in: 10)
        try await meta.stop()
        return [
            Row(
                name: "paced-most",
                unit: "msg/s",
                ours: [Double(most)],
                bar: .atMost(1010),
                cpuSeconds: cpu,
                peak: daemon.peak,
                remarks: ["\(count) in \(taken.text) s"]
            ),
            Row(name: "paced-least", unit: "of 10 s", ours: [Double(least) / Double(10 * Self.rate)], bar: .atLeast(0.99)),
            Row(name: "paced-core", unit: "cores", ours: [cpu / taken], bar: .atMost(0.25)),
        ]
    }

    /// The most hand-overs in any window of so many seconds.
    private static func most(_ times: [Double], in window: Double) -> Int {
        var (first, most) = (0, 0)
        for (index, time) in times.enumerated() {
            while time - times[first] >= window { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }

    /// The fewest in any window that lies inside.
    private static func least(_ times: [Double], in window: Double) -> Int {
        guard let last = times.last else { return 0 }
        var (after, least) = (0, Int.max)
        for (index, time) in times.enumerated() where time + window <= last {
            while times[after] - time < window { after += 1 }
            least = min(least, after - index)
        }
        return least == .max ? 0 : least
    }
}
