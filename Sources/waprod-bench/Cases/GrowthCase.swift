import Glibc
import WaproRPC
import WaproWire

/// What a store that has grown costs: the same work beside ten thousand stored messages and beside many more.
struct GrowthCase {
    /// What is done in each.
    private enum Work: String, CaseIterable {
        case send, webhook, report, why
    }

    private static let base = 10_000
    private let scale: Scale
    private let count: Int

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(10_000, small: 3_000)
    }

    func rows() async throws -> [Row] {
        let sizes = scale.isSmall ? [(300_000, 1.2)] : [(1_000_000, 1.2), (10_000_000, 1.5)]
        let base = try await seconds(beside: Self.base)
        var rows: [Row] = []
        for (size, most) in sizes {
            let name = "\(size / 1000)k"
            guard try Self.hasRoom(for: size) else {
                rows.append(
                    Row(
                        name: "growth-\(name)",
                        unit: "µs",
                        ours: [],
                        bar: .atMost(most),
                        remarks: ["left out: it needs \(size * StoreGrowth.bytesOfMessage >> 30) GiB and there are not as many"]
                    )
                )
                continue
            }
            let grown = try await seconds(beside: size)
            for task in Work.allCases {
                rows.append(
                    Row(name: "\(task)-\(name)", unit: "µs", ours: grown[task] ?? [], floor: base[task], bar: .atMost(most))
                )
            }
        }
        return rows
    }

    private static func hasRoom(for messages: Int) throws -> Bool {
        let folder = try Measure.folder()
        defer { Measure.remove(folder) }
        var disk = statvfs()
        guard statvfs(folder, &disk) == 0 else { throw Measure.Failure("\(folder): \(String(cString: strerror(errno)))") }
        return Int(disk.f_bavail) * Int(disk.f_frsize) > messages * StoreGrowth.bytesOfMessage + 1 << 30
    }

    /// Microseconds of each task, of each round.
    private func seconds(beside messages: Int) async throws -> [Work: [Double]] {
        let meta = try await Meta(keeps: .messages)
        let daemon = try await Daemon(meta)
        defer { daemon.stop() }
        try await daemon.bringIn(100, list: "first", group: scale.rounds + 1)
        try await send("first", daemon)
        try await daemon.whileAway { try StoreGrowth.fill($0, messages: messages, like: "first") }
        _ = meta.log.takeMessages()
        var taken: [Work: [Double]] = [:]
        // The first round warms what is read again and again.
        for round in 0...scale.rounds {
            var now: [Work: Double] = [:]
            let name = "new-\(round)"
            try await daemon.bringIn(count, list: name, group: round)
            now[.send] = try await Measure.seconds { try await send(name, daemon) } / Double(count)
            let posts = meta.log.takeMessages().map { Webhooks.post(Webhooks.statuses("delivered", of: CollectionOfOne($0))) }
            now[.webhook] =
                try await Measure.seconds {
                    let load = SocketLoad(address: .tcp(daemon.port), framing: .http, connections: 64, window: 1, good: "HTTP/1.1 200 ")
                    guard try await load.run(posts.count, request: { posts[$0] }).wrong == 0 else {
                        throw Measure.Failure("webhooks were not answered 200")
                    }
                    try await daemon.settle()
                } / Double(posts.count)
            now[.report] = try await ask(daemon) { waprod, index in
                _ = try await waprod(CampaignReport(campaign: StoreGrowth.name(index % StoreGrowth.campaigns)))
            }
            // Spread over all people, so that not only what was just read is asked for.
            let people = messages / StoreGrowth.campaigns
            now[.why] = try await ask(daemon) { waprod, index in
                let person = StoreGrowth.phone(1 + (round * 1_000 + index) * 7919 % people)
                _ = try await waprod(CampaignWhy(campaign: StoreGrowth.name(index % StoreGrowth.campaigns), recipient: "+" + person))
            }
            guard round > 0 else { continue }
            for (task, seconds) in now { taken[task, default: []].append(seconds * 1_000_000) }
        }
        try await meta.stop()
        return taken
    }

    private func send(_ name: String, _ daemon: Daemon) async throws {
        try await daemon.prepare(name, list: name)
        try await daemon.start(name)
        try await daemon.finish(name)
    }

    private func ask(_ daemon: Daemon, _ call: @escaping @Sendable (Client<LineClient>, Int) async throws -> Void) async throws -> Double {
        let calls = 500
        return try await daemon.call { waprod in
            try await Measure.seconds { for index in 0..<calls { try await call(waprod, index) } } / Double(calls)
        }
    }
}
