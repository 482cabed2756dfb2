/// `system.ping`, one by one and many on the way, of one client and of many.
struct RPCCase {
    private let scale: Scale

    init(_ scale: Scale) { self.scale = scale }

    func rows() async throws -> [Row] {
        let meta = try await Meta()
        let daemon = try await Daemon(meta)
        defer { daemon.stop() }
        let echo = try EchoFloor("\(daemon.folder)/echo.sock")
        defer { echo.end() }
        var rows: [Row] = []
        for clients in [1, 100] {
            for window in [1, 64] {
                let count = scale.count(window == 1 ? 30_000 : 300_000, small: window == 1 ? 5_000 : 50_000)
                var row = Row(
                    name: "rpc-\(clients)x\(window)",
                    unit: "call/s",
                    ours: [],
                    floor: [],
                    bar: .atLeast(window == 1 ? 0.5 : 0.2),
                    cpuSeconds: 0
                )
                for _ in 0..<scale.rounds {
                    row.floor?.append(try await rate(echo.path, clients, window, count))
                    let before = daemon.cpuSeconds
                    row.ours.append(try await rate(daemon.socket, clients, window, count))
                    row.cpuSeconds? += daemon.cpuSeconds - before
                }
                row.peak = daemon.peak
                rows.append(row)
            }
        }
        try await meta.stop()
        return rows
    }

    private func rate(_ path: String, _ clients: Int, _ window: Int, _ count: Int) async throws -> Double {
        let load = SocketLoad(address: .unix(path), framing: .line, connections: clients, window: window, good: #"{"jsonrpc":"2.0",""#)
        let result = try await load.run(count) { Array("{\"jsonrpc\":\"2.0\",\"id\":\($0),\"method\":\"system.ping\"}\n".utf8) }
        guard result.wrong == 0 else { throw Measure.Failure("\(result.wrong) calls were not answered well") }
        return Double(count) / result.seconds
    }
}
