/// sqlite3's own import into one indexed table.
struct ImportFloor {
    private let sqlite3: Program

    init(_ sqlite3: Program) { self.sqlite3 = sqlite3 }

    /// Rows a second.
    func run(_ path: String, rows: Int, in folder: String) async throws -> Double {
        let commands = """
            CREATE TABLE people (phone TEXT PRIMARY KEY, first_name TEXT) WITHOUT ROWID;
            .import --csv --skip 1 \(path) people

            """
        try Measure.write(Array(commands.utf8), to: "\(folder)/commands")
        return try await Measure.rate(of: rows) {
            let status = try await sqlite3.run(["\(folder)/floor.db"], input: "\(folder)/commands")
            guard status == 0 else { throw Measure.Failure("sqlite3 ended with \(status)") }
        }
    }
}
