import Foundation
import Testing

struct LayoutTests {
    /// What stands at the top of the repository. Add to it only with a reason that a newcomer would accept.
    private static let entries: Set = [
        ".ci", ".git", ".gitignore", ".swift-format", "LICENSE", "Package.resolved", "Package.swift", "README.md", "Sources", "Tests",
        "etc",
        "man", "systemd",
    ]

    @Test func `the top of the repository holds only what belongs there`() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Repository.current.root)
        // Build folders are of the tools.
        #expect(Set(found.filter { !$0.hasPrefix(".build") && $0 != ".swiftpm" }).subtracting(Self.entries) == [])
    }

    @Test func `every target opens with a tour`() throws {
        for target in try Repository.current.folders(in: "Sources") {
            let candidates = ["\(target).swift", "Main.swift", "include/\(target).h"]
            let tours = candidates.compactMap { try? Repository.current.file("Sources/\(target)/\($0)") }.filter { file in
                file.lines.prefix(3).allSatisfy { $0.hasPrefix("//") }
            }
            #expect(!tours.isEmpty, "\(target) has no tour at the top of \(target).swift")
        }
    }

    @Test func `every target has tests`() throws {
        let tested = Set(try Repository.current.folders(in: "Tests"))
        // Shims and thin executables are tested with what uses them.
        for target in try Repository.current.folders(in: "Sources")
        where !["CCurl", "CSQLite", "CSystemd", "WaproNet", "waprod", "metasim", "waprod-bench", "wapro-torture"].contains(target) {
            #expect(tested.contains("\(target)Tests"), "\(target)")
        }
    }

    @Test func `the README has the two commands that CI runs`() throws {
        let lines = try Repository.current.file("README.md").lines
        for name in ["demo", "test"] {
            let marker = try #require(lines.firstIndex(of: "<!-- command: \(name) -->"))
            #expect(lines[marker + 1] == "```sh")
        }
    }

    @Test func `what the README links to exists`() throws {
        let readme = try Repository.current.file("README.md").text
        let links = readme.matches(of: #/\]\(([^)#]+)\)/#).map { String($0.output.1) }.filter { !$0.contains("://") }
        #expect(!links.isEmpty)
        for link in links {
            #expect(FileManager.default.fileExists(atPath: "\(Repository.current.root)/\(link)"), "README.md links to \(link)")
        }
    }
}
