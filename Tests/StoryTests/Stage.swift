import Foundation
import MetaSim
import Testing
import WaproRPC
import WaproWire

/// A simulated Meta in this process and a real daemon in its own: what an administrator has, on loopback.
final class Stage: Sendable {
    let simulator: MetaSim
    let folder: String
    /// Where the daemon keeps its store.
    let storeFolder: String
    let base: String
    /// What `cloud` says beside the address.
    private let cloud: String
    /// The same for every daemon of the stage: webhooks that were on their way find the next one.
    let port: Int

    /// - Parameters:
    ///   - store: the folder of the store; by default that of the stage.
    ///   - secure: the daemon reaches Meta by TLS and trusts its authority, and gives a connection up after a second.
    ///   - knobs: how the simulated Meta behaves; by default it answers at once and people live fast.
    init(store: String? = nil, secure: Bool = false, _ knobs: (inout Knobs) -> Void = { _ in }) async throws {
        var configuration = Configuration()
        configuration.knobs.timeScale = 0.002
        configuration.knobs.throughputPerSecond = -1
        configuration.knobs.pairGapMilliseconds = 0
        knobs(&configuration.knobs)
        if secure { (configuration.httpPort, configuration.httpsPort) = (nil, 0) }
        simulator = MetaSim(configuration)
        port = try Self.freePort()
        let endpoints = try await simulator.start()
        base = try #require(endpoints.https ?? endpoints.http)
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("wapro-story-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try endpoints.authority?.write(toFile: folder + "/authority.pem", atomically: true, encoding: .utf8)
        cloud = endpoints.authority == nil ? "" : ", ca_file: \(folder)/authority.pem, connect_timeout: 1s"
        storeFolder = store ?? folder
    }

    /// A story keeps a core busy, and what it measures is of use only when the next one leaves it some of the machine.
    private static let seats = Seats(3)

    /// Plays a story when it is its turn, and cleans up behind it.
    /// - Parameter alone: with no other story beside it.
    static func play(
        store: String? = nil,
        secure: Bool = false,
        alone: Bool = false,
        _ knobs: (inout Knobs) -> Void = { _ in },
        _ story: (Stage) async throws -> Void
    ) async throws {
        try await seats.seated(alone: alone) { try await perform(store: store, secure: secure, knobs, story) }
    }

    /// Plays a story at once.
    static func perform(
        store: String? = nil,
        secure: Bool = false,
        _ knobs: (inout Knobs) -> Void = { _ in },
        _ story: (Stage) async throws -> Void
    ) async throws {
        let stage = try await Stage(store: store, secure: secure, knobs)
        let result: Result<Void, any Error>
        do { result = .success(try await story(stage)) } catch { result = .failure(error) }
        await stage.simulator.stop()
        try? FileManager.default.removeItem(atPath: stage.folder)
        try result.get()
    }

    var socket: String { folder + "/control.sock" }

    /// Starts a daemon and waits until it answers.
    func startDaemon(rate: Int = 5000, extra: String = "", timeout: String = "3s") async throws -> DaemonProcess {
        let configuration = try yaml(port: port, rate: rate, extra: extra).replacingOccurrences(
            of: "timeout: 3s",
            with: "timeout: \(timeout)"
        )
        let daemon = try DaemonProcess(configuration: configuration, in: folder)
        try await daemon.waitUntilReady(socket)
        #expect(simulator.setCallback("http://127.0.0.1:\(port)/webhook/main"))
        return daemon
    }

    /// Starts a daemon and waits for nothing.
    func launch(rate: Int = 5000, environment: [String: String] = [:]) throws -> DaemonProcess {
        #expect(simulator.setCallback("http://127.0.0.1:\(port)/webhook/main"))
        return try DaemonProcess(configuration: yaml(port: port, rate: rate, extra: ""), in: folder, environment: environment)
    }

    func yaml(port: Int, rate: Int, extra: String) throws -> String {
        for (name, value) in ["token": StandardWorld.accessToken, "secret": StandardWorld.appSecret, "verify": StandardWorld.verifyToken] {
            let path = "\(folder)/\(name)"
            try value.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        return """
            store: { path: \(storeFolder)/waprod.db }
            control: { socket: \(socket) }
            webhook: { listen: "127.0.0.1:\(port)" }
            cloud: { base_url: "\(base)", timeout: 3s, http: http1.1, connections: 64, in_flight: 64\(cloud) }
            portfolios: [{ name: group }]
            apps: [{ name: main, secret: { file: \(folder)/secret }, verify_token: { file: \(folder)/verify }, appsecret_proof: \(simulator.knobs.requiresSecretProof) }]
            accounts: [{ name: goods, portfolio: group, app: main, waba_id: "\(StandardWorld.accountID)", token: { file: \(folder)/token } }]
            numbers: [{ name: offers, account: goods, phone_number_id: "\(StandardWorld.highThroughputPhoneNumberID)", rate: \(rate) }, { name: support, account: goods, phone_number_id: "\(StandardWorld.phoneNumberID)" }]
            \(extra)
            """
    }

    func call<Value: Sendable>(_ body: @escaping @Sendable (Client<LineClient>) async throws -> Value) async throws -> Value {
        try await UnixClient.connect(socket, body)
    }

    /// Imports made-up people into a list, syncs templates and creates a campaign to them.
    func prepareCampaign(_ name: String, people: Int) async throws {
        var csv = "phone,first_name\n"
        for index in 0..<people { csv += "+49151\(10_000_000 + index),Person \(index)\n" }
        let created = try await bringIn(Array(csv.utf8), list: "people")
        #expect(created == people)
        try await call { waprod in
            _ = try await waprod(TemplateSync())
            _ = try await waprod(
                CampaignCreate(
                    name: name,
                    number: "offers",
                    template: "autumn_offer",
                    language: "en_GB",
                    list: "people",
                    parameters: ["1": "{{first_name|there}}", "2": "20%"]
                )
            )
        }
    }

    /// Imports a CSV; says how many people were new.
    func bringIn(_ bytes: [UInt8], list: String) async throws -> Int {
        try await call { waprod in
            let begun = try await waprod(ContactImport(list: list))
            var offset = 0
            var piece = 0
            while offset < bytes.count {
                let end = min(bytes.count, offset + begun.pieceBytes)
                _ = try await waprod(
                    ImportAppend(importID: begun.importID, piece: piece, data: Base64(Array(bytes[offset..<end])), last: end == bytes.count)
                )
                (offset, piece) = (end, piece + 1)
            }
            let progress = try await waprod(ImportShow(importID: begun.importID))
            #expect(progress.state.known == .done)
            return Int(progress.created)
        }
    }

    /// The report once the campaign is in one of these states.
    func report(_ name: String, when states: Set<String>, within limit: Duration = .seconds(60)) async throws -> CampaignReport.Reply {
        let deadline = ContinuousClock.now + limit
        var looks = 0
        while true {
            let report = try await call { try await $0(CampaignReport(campaign: name)) }
            if states.contains(report.state.slug) { return report }
            looks += 1
            guard ContinuousClock.now < deadline || looks < leastLooks else {
                Issue.record("the campaign is still \(report.state.slug) after \(limit)")
                return report
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Waits until every webhook was answered and applied.
    func settle() async throws {
        await simulator.settled()
        try await eventually { try await self.call { try await $0(SystemStatus()).webhook.pending == 0 } }
    }

    /// Where the simulated Meta listens.
    var metaPort: UInt16 { base.split(separator: ":").last.flatMap { UInt16($0) } ?? 0 }

    static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 12_000..<32_000)
            if isFree(port) { return port }
        }
        throw PortsTaken()
    }

    private struct PortsTaken: Error {}

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket_(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

private func socket_(_ domain: Int32, _ type: Int32, _ protocolNumber: Int32) -> Int32 {
    socket(domain, type, protocolNumber)
}

/// A machine that is busy with other tests may let minutes go by between two looks: that says nothing about the daemon.
private let leastLooks = 30

/// Waits, within ten seconds, for something to become true.
func eventually(within limit: Duration = .seconds(10), _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    var looks = 0
    while try await !condition() {
        looks += 1
        try #require(ContinuousClock.now < deadline || looks < leastLooks, "it did not become true within \(limit)")
        try await Task.sleep(for: .milliseconds(20))
    }
}

extension RecipientCounts {
    /// Everybody, whatever their state: must be the total (promise P2).
    var sum: Int64 {
        pending + waiting + sending + inDoubt + accepted + sent + delivered + read + played + failed + skipped + cancelled + expired
    }
}
