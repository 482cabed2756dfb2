import Foundation
import Testing

@Suite struct DurabilityStories {
    /// Seen from outside, by the system calls: `synchronous=NORMAL`, which GRDB's pool sets by itself, would wait for none of these.
    @Test func `every commit waits for the disk, and commits that come together share one wait`() async throws {
        let trace = FileManager.default.temporaryDirectory.appendingPathComponent("wapro-strace-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: trace) }
        // The case makes 100 commits one by one, then keeps 2,000 bodies that come 64 at a time.
        let status = try await Tool.strace.run(
            "-f",
            "-e",
            "trace=fdatasync,fsync",
            "-o",
            trace,
            Self.bench,
            "journal",
            "--rounds",
            "1",
            "--count",
            "2000"
        ).status
        try #require(status == 0)
        let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count { $0.contains("sync(") }
        #expect(calls >= 100 + 2000 / 512, "\(calls) waits: some commit did not wait for the disk")
        #expect(calls < 100 + 2000 / 2, "\(calls) waits: commits that come together do not share them")
    }

    private static var bench: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("waprod-bench").path
    }
}
