import Foundation
import Testing

struct ManPageLintTests {
    private static let mandoc = "/usr/bin/mandoc"
    private static let pages = ["waprod.8", "waproctl.1", "waprod.yaml.5", "wapro-rpc.7"] + nouns.map { "waproctl-\($0).1" }
    private static let nouns = [
        "campaign", "contact", "import", "template", "message", "event", "account", "number", "system", "user", "session", "audit", "rpc",
    ]

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: mandoc), "mandoc is not installed"), arguments: pages)
    func `a man page is without fault`(page: String) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: Self.mandoc)
        process.arguments = ["-Tlint", "-Wwarning", "\(Repository.current.root)/man/\(page)"]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
    }

    @Test func `each of the programs and the configuration has a page`() throws {
        let found = try Repository.current.files(in: "man", ending: "").map(\.name)
        #expect(Set(found) == Set(Self.pages))
    }
}
