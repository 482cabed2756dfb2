import Foundation
import GRDB
import Testing

@testable import WaproStore

@Suite struct DatabaseRunTests {
    private let queue: DatabaseQueue

    init() throws {
        queue = try DatabaseQueue()
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT, real REAL, bytes BLOB, UNIQUE (text))")
        }
    }

    @Test func `every kind of value comes back as it went in, also an empty one and none`() throws {
        try queue.write { db in
            let cases: [(String?, Double?, Data?)] = [
                ("Zoë 🙂", 0.5, Data([0, 255])), ("", -0.0, Data()), (nil, nil, nil), ("a\u{1}b", 1e300, Data(repeating: 7, count: 5000)),
            ]
            for (index, (text, real, bytes)) in cases.enumerated() {
                #expect(try db.run("INSERT INTO t VALUES (?, ?, ?, ?)", [Int64(index), text, real, bytes]) == 1)
            }
            for (index, (text, real, bytes)) in cases.enumerated() {
                let row = try #require(try db.row("SELECT * FROM t WHERE id = ?", [index]))
                #expect(row["text"] == text && row["real"] == real && row["bytes"] == bytes)
                var texts: [String?] = []
                try db.each("SELECT id, text FROM t WHERE id = ?", [index]) { columns in
                    #expect(columns.integer(0) == index && columns.integer(orNil: 0) == index)
                    texts.append(columns.text(orNil: 1))
                }
                #expect(texts == [text])
            }
        }
    }

    @Test func `what it wrote is found by the other way, also a text with NUL`() throws {
        try queue.write { db in
            try db.run("INSERT INTO t (id, text) VALUES (?, ?)", [1, "a\0b"])
            #expect(try db.row("SELECT id FROM t WHERE text = ?", ["a\0b"])?["id"] == 1)
        }
    }

    @Test func `a wrong number of arguments is an error, not the end of the process`() throws {
        try queue.write { db in
            for arguments in [[], [Int64(1), 2]] {
                #expect(throws: DatabaseError.self) { try db.run("UPDATE t SET real = 1 WHERE id = ?", arguments) }
            }
        }
    }

    @Test func `it says how many rows changed, and what SQLite says when it refuses`() throws {
        try queue.write { db in
            for id in 1...3 { try db.run("INSERT INTO t (id, text) VALUES (?, ?)", [id, "\(id)"]) }
            #expect(try db.run("UPDATE t SET real = 1 WHERE id > ?", [1]) == 2)
            let refusal = #expect(throws: DatabaseError.self) { try db.run("INSERT INTO t (id, text) VALUES (?, ?)", [4, "1"]) }
            #expect(refusal?.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE && refusal?.message?.contains("t.text") == true)
            // The statement serves again.
            #expect(try db.run("INSERT INTO t (id, text) VALUES (?, ?)", [4, "4"]) == 1)
        }
    }
}
