import WaproStore

/// Keeping webhook bodies. Ours: as they come, sixty-four at a time, each answered when it is on disk. The floor: the same rows with one
/// commit each, which is what a program does that answers truthfully and does not share commits.
struct JournalBench {
    private let count: Int
    private let folder: String
    private let store: Store
    private static let body = [UInt8](repeating: 120, count: 543)
    private static let connections = 64

    init(count: Int) throws {
        self.count = count
        folder = try Measure.folder()
        store = try Store(.file("\(folder)/waprod.db"))
    }

    func ours() async throws -> Double {
        try await Measure.rate(of: count) {
            try await withThrowingDiscardingTaskGroup { group in
                for connection in 0..<Self.connections {
                    group.addTask { [store, count] in
                        for _ in stride(from: connection, to: count, by: Self.connections) {
                            _ = try await store.write(.journal) { try $0.journal(Self.body, app: "bench") }
                        }
                    }
                }
            }
        }
    }

    func floor() async throws -> Double {
        let few = max(100, count / 20)
        return try await Measure.rate(of: few) {
            for _ in 0..<few { _ = try await store.write(.journal) { try $0.journal(Self.body, app: "bench") } }
        }
    }

    func end() {
        Measure.remove(folder)
    }
}
