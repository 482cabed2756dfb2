import Glibc
import MetaSim
import WaproRPC
import WaproWire

/// A daemon in a process of its own, with a simulated Meta beside it.
final class Victim {
    let simulator: MetaSim
    private let recipients: Int
    private let folder: String
    private let base: String
    private let port: Int
    private var child: pid_t = 0

    static let campaign = "torture"

    init(recipients: Int) async throws {
        self.recipients = recipients
        simulator = MetaSim(.torture)
        guard let base = try await simulator.start().http else { throw Failure(words: "the simulator does not listen") }
        self.base = base
        let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(temporary)/wapro-torture-\(String(repeating: "X", count: 6))".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(words: "no temporary folder: \(String(cString: strerror(errno)))") }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        port = 20_000 + Int(getpid()) % 20_000
        guard simulator.setCallback("http://127.0.0.1:\(port)/webhook/default") else { throw Failure(words: "no callback") }
        try write("waprod.yaml", configuration)
    }

    /// Starts it and waits until it answers.
    func start() async throws {
        var words: [UnsafeMutablePointer<CChar>?] = [program, "--config", "\(folder)/waprod.yaml"].map { (word: String) in strdup(word) }
        var variables: [UnsafeMutablePointer<CChar>?] = [
            "WHATSAPP_TOKEN=\(StandardWorld.accessToken)", "WHATSAPP_PHONE_NUMBER_ID=\(StandardWorld.highThroughputPhoneNumberID)",
            "WHATSAPP_BUSINESS_ACCOUNT_ID=\(StandardWorld.accountID)", "WHATSAPP_APP_SECRET=\(StandardWorld.appSecret)",
            "WHATSAPP_VERIFY_TOKEN=\(StandardWorld.verifyToken)",
        ].map { (word: String) in strdup(word) }
        defer { for word in words + variables { free(word) } }
        words.append(nil)
        variables.append(nil)
        let failure = posix_spawn(&child, program, nil, nil, words, variables)
        guard failure == 0 else { throw Failure(words: "\(program): \(String(cString: strerror(failure)))") }
        for _ in 0..<1000 {
            if (try? await call { _ = try await $0(SystemPing()) }) != nil { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure(words: "waprod did not come up")
    }

    func kill() {
        Glibc.kill(child, SIGKILL)
        var status: Int32 = 0
        waitpid(child, &status, 0)
    }

    func bury() async {
        kill()
        await simulator.stop()
        for name in ["waprod.db", "waprod.db-wal", "waprod.db-shm", "waprod.db.lock", "waprod.yaml", "control.sock"] {
            unlink("\(folder)/\(name)")
        }
        rmdir(folder)
    }

    func beginCampaign() async throws {
        var csv = "phone,first_name\n"
        for index in 0..<recipients { csv += "+49151\(10_000_000 + index),Person \(index)\n" }
        let bytes = Array(csv.utf8)
        try await call { waprod in
            let begun = try await waprod(ContactImport(list: "people"))
            for (piece, start) in stride(from: 0, to: bytes.count, by: begun.pieceBytes).enumerated() {
                let end = min(bytes.count, start + begun.pieceBytes)
                _ = try await waprod(
                    ImportAppend(importID: begun.importID, piece: piece, data: Base64(Array(bytes[start..<end])), last: end == bytes.count)
                )
            }
            _ = try await waprod(TemplateSync())
            _ = try await waprod(
                CampaignCreate(
                    name: Self.campaign,
                    number: "default",
                    template: "autumn_offer",
                    language: "en_GB",
                    list: "people",
                    parameters: ["1": "{{first_name}}", "2": "20%"]
                )
            )
            _ = try await waprod(CampaignStart(campaign: Self.campaign))
        }
    }

    func report() async throws -> CampaignReport.Reply {
        try await call { try await $0(CampaignReport(campaign: Self.campaign)) }
    }

    /// The report when the campaign is over and every webhook is applied.
    func finishedReport() async throws -> CampaignReport.Reply {
        while try await report().state.slug != "finished" { try await Task.sleep(for: .milliseconds(100)) }
        await simulator.settled()
        while try await call({ try await $0(SystemStatus()).webhook.pending }) > 0 { try await Task.sleep(for: .milliseconds(50)) }
        return try await report()
    }

    private func call<Value: Sendable>(_ body: @escaping @Sendable (Client<LineClient>) async throws -> Value) async throws -> Value {
        try await UnixClient.connect("\(folder)/control.sock", body)
    }

    private var configuration: String {
        """
        store: { path: \(folder)/waprod.db }
        control: { socket: \(folder)/control.sock }
        webhook: { listen: "127.0.0.1:\(port)" }
        cloud: { base_url: "\(base)", timeout: 3s, http: http1.1, connections: 64, in_flight: 64 }
        """
    }

    private func write(_ name: String, _ text: String) throws {
        let descriptor = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0, text.withCString({ Glibc.write(descriptor, $0, strlen($0)) }) == text.utf8.count else {
            throw Failure(words: "\(name) cannot be written")
        }
        close(descriptor)
    }

    /// waprod beside this program.
    private var program: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "/" + own.split(separator: "/").dropLast().joined(separator: "/") + "/waprod"
    }

    struct Failure: Error, CustomStringConvertible {
        let words: String
        var description: String { words }
    }
}
