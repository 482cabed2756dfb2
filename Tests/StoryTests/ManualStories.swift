import Foundation
import Testing

/// Every example of the manual is run, as somebody would who reads it.
@Suite(.serialized) struct ManualStories {
    private static let manual = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "man")
    /// In an order in which each finds what it needs.
    private static let pages = [
        "waproctl-contact.1", "waproctl-template.1", "waproctl-campaign.1", "waproctl-import.1", "waproctl-message.1", "waproctl-number.1",
        "waproctl-account.1", "waproctl-system.1", "waproctl-user.1", "waproctl-session.1", "waproctl-audit.1", "waproctl-rpc.1",
        "waproctl-event.1", "wapro-rpc.7", "waproctl.1",
    ]
    private static let shell = Tool(path: "/bin/sh")

    @Test(
        .enabled(
            if: ["/usr/bin/socat", "/usr/bin/python3"].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) },
            "needs socat and python3"
        )
    )
    func `the examples of every page do what they say`() async throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.manual.path)
        #expect(Set(found.filter { $0.hasPrefix("wapro-rpc") || $0.hasPrefix("waproctl") }) == Set(Self.pages))
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            defer { daemon.kill() }
            try FileManager.default.createDirectory(atPath: stage.folder + "/bin", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: stage.folder + "/bin/waproctl",
                withDestinationPath: URL(filePath: DaemonProcess.program).deletingLastPathComponent().path + "/waproctl"
            )
            try "phone,first_name\n+4915112345678,Ada\n0151 12345679,Zoë\n".write(
                toFile: stage.folder + "/customers.csv",
                atomically: true,
                encoding: .utf8
            )
            try stage.layOutTokens()
            var count = 0
            for page in Self.pages {
                let text = try String(contentsOf: Self.manual.appending(path: page), encoding: .utf8)
                for example in Self.examples(of: text) {
                    count += 1
                    let (status, words) = try await run(example, in: stage)
                    // What never ends is ended.
                    #expect(status == 0 || example.contains("event follow") && status == 124, "\(page): \(example)\n\(words)")
                    #expect(!words.isEmpty || status == 124, "\(page): \(example)")
                }
            }
            #expect(count > 15)
            #expect(try await daemon.stop() == 0)
        }
    }

    private func run(_ example: String, in stage: Stage) async throws -> (status: Int32, words: String) {
        let example = example.replacing("/run/waprod/control.sock", with: stage.socket)
        let isPython = example.hasPrefix("import ")
        let path = stage.folder + (isPython ? "/example.py" : "/example.sh")
        try example.write(toFile: path, atomically: true, encoding: .utf8)
        let interpreter = isPython ? "python3" : "timeout \(example.contains("event follow") ? 2 : 60) /bin/sh -eu"
        return try await Self.shell.run(
            "-c",
            "cd \(stage.folder) && PATH=\(stage.folder)/bin:/usr/bin:/bin WAPRO_SOCKET=\(stage.socket) exec \(interpreter) \(path) </dev/null"
        )
    }

    /// The literal displays and the one-line ones of the section EXAMPLES, as they are read.
    private static func examples(of page: String) -> [String] {
        var examples: [String] = []
        var open: [String]?
        var isInside = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix(".Sh ") { isInside = line == ".Sh EXAMPLES" }
            guard isInside else { continue }
            if line.hasPrefix(".Bd -literal") {
                open = []
            } else if line == ".Ed" {
                if let lines = open { examples.append(lines.joined(separator: "\n") + "\n") }
                open = nil
            } else if line.hasPrefix(".Dl ") {
                examples.append(String(line.dropFirst(4)) + "\n")
            } else {
                open?.append(line.replacing("\\e", with: "\\"))
            }
        }
        return examples
    }
}
