import Glibc

/// Clock, medians, and a line of the table.
enum Measure {
    /// How many a second.
    static func rate(of count: Int, _ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return Double(count) / (start.duration(to: .now) / .seconds(1))
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted[sorted.count / 2]
    }

    static func line(_ name: String, _ ours: Double, _ floor: Double) -> String {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let cells = [
            String(Int(ours)), String(Int(floor)), String(Double(Int(ours / floor * 1000)) / 1000), String(usage.ru_maxrss / 1024),
        ]
        return cells.enumerated().reduce(name + String(repeating: " ", count: max(1, 8 - name.count))) { line, cell in
            line + String(repeating: " ", count: max(1, (cell.offset == 3 ? 10 : cell.offset == 2 ? 8 : 10) - cell.element.count))
                + cell.element
        }
    }

    /// A folder of its own under the system's temporary one.
    static func folder() throws -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/wapro-bench-\(String(repeating: "X", count: 6))".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(words: "no temporary folder: \(String(cString: strerror(errno)))") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static func remove(_ folder: String) {
        for name in ["waprod.db", "waprod.db-wal", "waprod.db-shm", "waprod.db.lock"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    struct Failure: Error, CustomStringConvertible {
        let words: String
        var description: String { words }
    }
}
