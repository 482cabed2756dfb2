import Testing

struct StyleTests {
    @Test func `the house style is kept`() throws {
        // This folder has the samples.
        let files = try Repository.current.swiftFiles().filter { $0.target != "PackageTests" }
        let objections = files.flatMap { Style.objections(to: $0) }
        #expect(objections == [])
    }

    @Test(arguments: [
        "Task { await work() }", "Task.detached { }", "let x = Task(priority: .high) { 1 }", "try! open()", "print(\"here\")",
        "db.execute(\"SELECT id FROM message\")", "\"DELETE FROM event\"", "\"UPDATE message SET state = 1\"",
        "fatalError(\"Not implemented\")",
        "struct ContactManager {", "final class StringUtils {", "// TO" + "DO later",
    ])
    func `a breach is seen`(line: String) {
        #expect(Style.objections(to: .init(path: "Sources/WaproSending/Sample.swift", text: line)).count == 1)
    }

    @Test(arguments: [
        "group.addTask { await work() }", "withTaskGroup(of: Void.self) { group in", "try await Task.sleep(for: .seconds(1))",
        "blueprint(of: x)", "let text = \"select a number from the list\"", "// print(x)", "struct ManagerOfNothing {",
    ])
    func `what only looks like a breach is let through`(line: String) {
        #expect(Style.objections(to: .init(path: "Sources/WaproSending/Sample.swift", text: line)) == [])
    }

    @Test func `files are short`() throws {
        let lengths = try Repository.current.swiftFiles().map { (path: $0.path, lines: $0.lines.count - 1) }
        #expect(lengths.filter { $0.lines > 600 }.map(\.path) == [])
        let long = lengths.filter { $0.lines > 400 }.count
        #expect(long * 50 <= lengths.count, "\(long) files have more than 400 lines: at most one in fifty may")
        let median = lengths.map(\.lines).sorted()[lengths.count / 2]
        #expect(median <= 100)
    }

    @Test func `a release build has nothing of the failpoints`() throws {
        for file in try Repository.current.files(in: "Sources", ending: ".swift") where file.text.contains("Failpoint") {
            var nesting: [Bool] = []
            for (number, line) in file.code.enumerated() {
                let words = line.split(separator: " ")
                switch words.first {
                case "#if": nesting.append(words.dropFirst() == ["DEBUG"])
                case "#else", "#elseif": nesting[nesting.count - 1] = false
                case "#endif": nesting.removeLast()
                default: #expect(!line.contains("Failpoint") || nesting.contains(true), "\(file.path):\(number + 1)")
                }
            }
        }
    }

    @Test func `nothing tells on which machine it was written`() throws {
        let roots = ["/wo" + "rk/", "/tmp/fa" + "rm", "/tmp/pk" + "g", "/ho" + "me/"]
        let files =
            try Repository.current.swiftFiles() + Repository.current.files(in: "man", ending: "")
            + Repository.current.files(in: "systemd", ending: "") + Repository.current.files(in: "etc", ending: ".yaml")
        for file in files {
            #expect(!roots.contains { file.text.contains($0) }, "\(file.path)")
        }
    }
}
