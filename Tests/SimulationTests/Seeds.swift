import Foundation

/// Which seeds are run, and the run of one.
enum Seeds {
    struct Told {
        var broken: String?
        var tally: Tally
        var trace: [String]
    }

    private static let environment = ProcessInfo.processInfo.environment

    /// The one whose story somebody wants to read.
    static let single = environment["WAPRO_SEED"].flatMap { UInt64($0) }

    /// Neither one seed nor a range was asked for.
    static let isPlain = single == nil && environment["WAPRO_SEEDS"] == nil

    /// A range for each of the tests that run side by side.
    static let ranges: [ClosedRange<UInt64>] = {
        let bounds = (environment["WAPRO_SEEDS"] ?? "1-1000").split(separator: "-").compactMap { UInt64($0) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else { return [] }
        let size = max(1, (bounds[1] - bounds[0] + 20) / 20)
        return stride(from: bounds[0], through: bounds[1], by: Int(size)).map { $0...min($0 + size - 1, bounds[1]) }
    }()

    static func run(_ seed: UInt64, _ blueprint: Blueprint, traces: Bool = false) async throws -> Told {
        try await withTaskExecutorPreference(PatientThread.next) { try await tell(seed, blueprint, traces: traces) }
    }

    private static func tell(_ seed: UInt64, _ blueprint: Blueprint, traces: Bool) async throws -> Told {
        let world = try await World(seed: seed, blueprint: blueprint, traces: traces)
        var broken: String?
        do {
            try await world.run()
        } catch {
            broken = "\(error)"
            world.trace.note("\(error)")
        }
        try await world.close()
        return Told(broken: broken, tally: world.tally, trace: world.trace.lines)
    }
}
