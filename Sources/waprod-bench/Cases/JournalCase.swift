import WaproStore

/// Keeping webhook bodies. Ours: as they come, sixty-four at a time, each answered when it is on disk. The floor: the same rows with one
/// commit each, which is what a program does that answers truthfully and does not share commits.
struct JournalCase {
    private let scale: Scale
    private let count: Int
    private static let body = [UInt8](repeating: 120, count: 543)
    private static let connections = 64

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(20_000, small: 4_000)
    }

    func rows() async throws -> [Row] {
        let folder = try Measure.folder()
        defer { Measure.remove(folder) }
        let store = try Store(.file("\(folder)/waprod.db"))
        var row = Row(name: "journal", unit: "body/s", ours: [], floor: [], bar: .atLeast(5))
        for _ in 0..<scale.rounds {
            row.floor?.append(try await floor(store))
            row.ours.append(try await ours(store))
        }
        try await store.close()
        return [row]
    }

    private func ours(_ store: Store) async throws -> Double {
        try await Measure.rate(of: count) {
            try await withThrowingDiscardingTaskGroup { group in
                for connection in 0..<Self.connections {
                    group.addTask { [count] in
                        for _ in stride(from: connection, to: count, by: Self.connections) {
                            _ = try await store.write(.journal) { try $0.journal(Self.body, app: "bench") }
                        }
                    }
                }
            }
        }
    }

    private func floor(_ store: Store) async throws -> Double {
        let few = max(100, count / 20)
        return try await Measure.rate(of: few) {
            for _ in 0..<few { _ = try await store.write(.journal) { try $0.journal(Self.body, app: "bench") } }
        }
    }
}
