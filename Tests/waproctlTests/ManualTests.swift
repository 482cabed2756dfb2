import FoundationEssentials
import Testing
import WaproRPC

@testable import waproctl

/// The manual says what the declarations say. After a change that is meant: `WAPRO_GOLDEN=write swift test --filter ManualTests`.
@Suite struct ManualTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "man")

    static let pages = ["waproctl.1", "wapro-rpc.7"] + Commands.nouns.map { "waproctl-\($0.noun).1" }

    @Test(arguments: pages) func `what is generated in a page is not stale`(page: String) throws {
        let file = Self.folder.appending(path: page)
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let (fresh, names) = try renewed(text)
        if ProcessInfo.processInfo.environment["WAPRO_GOLDEN"] == "write" { try Data(fresh.utf8).write(to: file) }
        let now = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(now == fresh, "run WAPRO_GOLDEN=write swift test --filter ManualTests and look at the diff")
        #expect(!names.isEmpty)
    }

    @Test func `every region is in a page`() throws {
        var names: Set<String> = []
        for page in Self.pages {
            names.formUnion(try renewed(String(decoding: try Data(contentsOf: Self.folder.appending(path: page)), as: UTF8.self)).names)
        }
        #expect(names == Set(Manual.regions.keys))
    }

    private struct Unknown: Error { let region: String }

    /// The page with its regions made anew, and their names.
    private func renewed(_ text: String) throws -> (text: String, names: Set<String>) {
        var lines: [String] = []
        var names: Set<String> = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == ".\\\" end" { isInside = false }
            if !isInside { lines.append(line) }
            guard line.hasPrefix(".\\\" generated ") else { continue }
            let name = String(line.dropFirst(".\\\" generated ".count))
            guard let region = Manual.regions[name] else { throw Unknown(region: name) }
            lines += region
            names.insert(name)
            isInside = true
        }
        return (lines.joined(separator: "\n"), names)
    }
}
