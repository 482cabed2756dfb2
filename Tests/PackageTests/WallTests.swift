import Testing

struct WallTests {
    @Test func `no target imports across a wall`() throws {
        let objections = Walls.objections(to: try Repository.current.files(in: "Sources", ending: ".swift"))
        #expect(objections == [])
    }

    @Test func `every target has a row`() throws {
        for target in try Repository.current.folders(in: "Sources") where !["CCurl", "CSQLite", "CSystemd"].contains(target) {
            #expect(Walls.objection(to: "Swift", in: target) == nil)
        }
    }

    @Test(arguments: [
        ("WaproSending", "import WaproReceiving"), ("WaproReceiving", "internal import WaproSending"), ("WaproCore", "import Glibc"),
        ("WaproCore", "public import struct Logging.Logger"), ("WaproRPC", "@preconcurrency import NIOCore"),
        ("WaproCloud", "@testable public import WaproStore"), ("waproctl", "import WaproStore"), ("MetaSim", "import WaproCore"),
        ("WaproPeople", "import GRDB; import Swift"), ("WaproWire", "  import Foundation"), ("WaproNew", "import Swift"),
        ("WaproDaemon", "@_spi(Tests) import ArgumentParser"),
    ])
    func `a wall that is crossed is seen`(target: String, line: String) {
        let file = Repository.File(path: "Sources/\(target)/Sample.swift", text: "// import Swift\n\(line) // why\n")
        #expect(Walls.objections(to: [file]).count == 1)
    }

    @Test func `what is allowed is not objected to`() {
        let text =
            "public import WaproCore\nimport Logging\nimport struct FoundationEssentials.Data\n// import Foundation\nlet important = 1\n"
        #expect(Walls.objections(to: [.init(path: "Sources/WaproSending/Sample.swift", text: text)]) == [])
    }

    @Test func `systemd, curl and SQLite are seen by one target each`() throws {
        let owners = [
            "CSystemd": "WaproDaemon",
            "CCurl": "WaproCloud",
            "CSQLite": "WaproStore",
            "GRDB": "WaproStore",
            "GRDBSQLite": "WaproStore",
        ]
        // What is measured against stands beside them.
        for file in try Repository.current.files(in: "Sources", ending: ".swift") where !file.path.hasPrefix("Sources/waprod-bench/Floors/")
        {
            for module in Walls.imports(of: file) {
                #expect(owners[module] == nil || owners[module] == file.target, "\(file.path) imports \(module)")
            }
        }
    }
}
