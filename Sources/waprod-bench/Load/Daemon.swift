import Glibc
import MetaSim
import Synchronization
import WaproCore
import WaproRPC
import WaproWire

/// The waprod that lies beside this program, in a process of its own.
final class Daemon: Sendable {
    let folder: String
    let port: Int
    private let process = Mutex<pid_t>(0)

    var socket: String { "\(folder)/control.sock" }

    /// Starts it on a new store and waits until it answers.
    /// - Parameters:
    ///   - meta: where it sends to.
    ///   - rate: messages a second that each number may send.
    ///   - numbers: how many it has.
    init(_ meta: Meta, rate: Int = 100_000, numbers: Int = 1, reserve: Int = 0) async throws {
        folder = try Measure.folder()
        port = 20_000 + Int(getpid()) % 12_000
        for (name, secret) in ["token": StandardWorld.accessToken, "secret": StandardWorld.appSecret, "verify": StandardWorld.verifyToken] {
            try Measure.write(Array(secret.utf8), to: "\(folder)/\(name)")
        }
        try Measure.write(Array(meta.authority.utf8), to: "\(folder)/authority.pem")
        let list = (0..<numbers).map { index in
            "{ name: n\(index), account: goods, phone_number_id: \"\(Meta.number(index))\", rate: \(rate) }"
        }
        let yaml = """
            store: { path: \(folder)/waprod.db }
            control: { socket: \(folder)/control.sock, connections_per_user: 200 }
            webhook: { listen: "127.0.0.1:\(port)" }
            sending: { reserve_percent: \(reserve) }
            cloud: { base_url: "\(meta.base)", ca_file: \(folder)/authority.pem }
            portfolios: [{ name: group }]
            apps: [{ name: main, secret: { file: \(folder)/secret }, verify_token: { file: \(folder)/verify } }]
            accounts: [{ name: goods, portfolio: group, app: main, waba_id: "\(StandardWorld.accountID)", token: { file: \(folder)/token } }]
            numbers: [\(list.joined(separator: ", "))]
            """
        try Measure.write(Array(yaml.utf8), to: "\(folder)/waprod.yaml")
        try await run()
    }

    private var pid: pid_t { process.withLock { $0 } }

    private func run() async throws {
        let pid = try Program.waprod.start(["--config", "\(folder)/waprod.yaml"], output: "\(folder)/log")
        process.withLock { $0 = pid }
        let deadline = ContinuousClock.now + .seconds(60)
        while (try? await call({ _ = try await $0(SystemPing()) })) == nil {
            guard ContinuousClock.now < deadline, waitpid(pid, nil, WNOHANG) == 0 else {
                if ContinuousClock.now >= deadline { kill(pid, SIGKILL) }
                throw Measure.Failure("waprod did not come up; \(folder)/log says why")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func call<Value: Sendable>(_ body: @escaping @Sendable (Client<LineClient>) async throws -> Value) async throws -> Value {
        try await UnixClient.connect(socket, body)
    }

    /// SIGTERM, and its folder goes.
    func stop() {
        end()
        Measure.remove(folder)
    }

    private func end() {
        kill(pid, SIGTERM)
        waitpid(pid, nil, 0)
    }

    /// Ends it, changes its store by other means, and starts it again.
    func whileAway(_ change: @escaping @Sendable (_ store: String) throws -> Void) async throws {
        end()
        let path = "\(folder)/waprod.db"
        try await onThread { try change(path) }
        try await run()
    }

    /// Seconds of a core, its own and the kernel's for it.
    var cpuSeconds: Double {
        let text = Self.read("/proc/\(pid)/stat")
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Bytes that it held at most, and holds.
    var peak: Int { status("VmHWM") }
    var resident: Int { status("VmRSS") }

    private func status(_ name: String) -> Int {
        let line = Self.read("/proc/\(pid)/status").split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line.flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Int($0) }.map { $0 << 10 } ?? 0
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}

extension Daemon {
    /// Puts so many people on a list, as an administrator does it.
    /// - Parameter group: others than those of another group: nobody may get two messages within six seconds.
    func bringIn(_ count: Int, list: String, group: Int = 0) async throws {
        let path = "\(folder)/\(list).csv"
        try Measure.write(People.csv(count, group: group), to: path)
        let status = try await Program.waproctl.run(["contact", "import", path, "--list", list, "--socket", socket])
        guard status == 0 else { throw Measure.Failure("the import ended with \(status)") }
        unlink(path)
    }

    /// Makes a campaign to a list; its text is its name, so that no two are the same.
    func prepare(_ name: String, list: String, rate: Int? = nil) async throws {
        try await call { waprod in
            _ = try await waprod(TemplateSync())
            _ = try await waprod(
                CampaignCreate(
                    name: name,
                    number: "n0",
                    template: "autumn_offer",
                    language: "en_GB",
                    list: list,
                    parameters: ["1": "{{first_name|there}}", "2": name],
                    rate: rate
                )
            )
        }
    }

    func start(_ name: String) async throws {
        try await call { _ = try await $0(CampaignStart(campaign: name)) }
    }

    /// Waits until everybody is accounted for.
    ///
    /// - Parameter interval: between two questions, which cost the daemon something too.
    func finish(_ name: String, every interval: Duration = .milliseconds(20)) async throws {
        try await call { waprod in
            while true {
                let report = try await waprod(CampaignReport(campaign: name))
                if report.state.slug == "finished" { return }
                guard ["freezing", "running"].contains(report.state.slug) else {
                    throw Measure.Failure("the campaign \(name) is \(report.state.slug)")
                }
                try await Task.sleep(for: interval)
            }
        }
    }

    /// Waits until every webhook is applied.
    func settle() async throws {
        try await call { waprod in
            while try await waprod(SystemStatus()).webhook.pending > 0 { try await Task.sleep(for: .milliseconds(10)) }
        }
    }
}

/// People who do not exist.
enum People {
    static func csv(_ count: Int, group: Int = 0) -> [UInt8] {
        var text: [UInt8] = Array("phone,first_name\n".utf8)
        text.reserveCapacity(count * 32)
        for index in 0..<count { text += "+4915\(110_000_000 + group * 2_000_000 + index),Person \(index)\n".utf8 }
        return text
    }
}
