import Testing
import WaproRPC
import WaproWire

@testable import waproctl

/// A daemon, or what listens in its place, that answers what makes no sense.
@Suite(.timeLimit(.minutes(5))) struct StrangeAnswerTests {
    private func run(_ line: String, _ daemon: FakeDaemon) async -> (status: Int32, screen: Screen) {
        let screen = Screen()
        var outside = screen.surroundings(nil)
        outside.connect = { _, options, body in try await UnixClient.connect(daemon.path, options: options, body) }
        let given = outside
        return (await Surroundings.$current.withValue(given) { await Main.run(line.split(separator: " ").map(String.init)) }, screen)
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n", "{\"jsonrpc\":\n", "[]\n", "{\"x\":1}\n", "{\"jsonrpc\":\"2.0\",\"id\":1}\n"])
    func `an answer that makes no sense is a defect; whether a change was done is not known`(answer: String) async {
        let daemon = FakeDaemon(answer: answer)
        for line in ["status", "status -o json", "contact list", "rpc system.ping", "account check a", "campaign watch a"] {
            #expect(await run(line, daemon).status == 70, "\(line)")
        }
        let (status, screen) = await run("campaign pause a", daemon)
        #expect(status == 79 && screen.err.contains("--idempotency-key key"))
    }

    @Test func `a reply that is not what its method declares is a defect`() async {
        let daemon = FakeDaemon(result: ["x": 1])
        for line in ["contact list", "contact list -o csv", "status -o json", "audit verify", "rpc contact.list", "account check a"] {
            let (status, screen) = await run(line, daemon)
            #expect(status == 70 && screen.out.isEmpty && screen.err.contains("is not what this version expects"), "\(line): \(screen.err)")
        }
        #expect(await run("campaign pause a", daemon).status == 79)
    }

    @Test func `what a newer daemon says besides is let through`() async {
        let daemon = FakeDaemon(result: ["items": [], "more": ["x": 1]])
        #expect(await run("contact list", daemon).status == 0)
    }

    @Test func `status says that no daemon runs only when none can be reached`() async {
        #expect(await run("status", FakeDaemon(answer: "")).status == 69)
        let daemon = FakeDaemon(answer: "")
        daemon.stop()
        #expect(await run("status", daemon).status == 3)
    }
}
