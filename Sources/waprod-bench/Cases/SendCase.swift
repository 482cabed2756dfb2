import MetaSim
import WaproCloud
import WaproCore

/// A campaign from its start to its end: claimed, rendered, posted, answered, recorded, counted, told. The floor posts the same bytes.
struct SendCase {
    private let scale: Scale
    private let count: Int

    init(_ scale: Scale) {
        self.scale = scale
        count = scale.count(100_000, small: 10_000)
    }

    func rows() async throws -> [Row] {
        let meta = try await Meta()
        let daemon = try await Daemon(meta)
        defer { daemon.stop() }
        let floor = try Self.floor(meta, authorities: "\(daemon.folder)/authority.pem")
        var row = Row(name: "send", unit: "msg/s", ours: [], floor: [], bar: .atLeast(0.6), cpuSeconds: 0)
        for round in 0..<scale.rounds {
            row.floor?.append(try await floor.run(count))
            try await daemon.bringIn(count, list: "people-\(round)", group: round)
            try await daemon.prepare("send-\(round)", list: "people-\(round)")
            let (before, accepted) = (daemon.cpuSeconds, meta.log.count)
            row.ours.append(
                try await Measure.rate(of: count) {
                    try await daemon.start("send-\(round)")
                    try await daemon.finish("send-\(round)")
                }
            )
            guard meta.log.count - accepted == count else {
                throw Measure.Failure("Meta got \(meta.log.count - accepted) messages of \(count)")
            }
            row.cpuSeconds? += daemon.cpuSeconds - before
        }
        row.peak = daemon.peak
        try await meta.stop()
        return [row]
    }

    /// The same request as waprod's: its own body for one person, its headers, its address.
    private static func floor(_ meta: Meta, authorities: String) throws -> CurlFloor {
        let plan = try WaproCore.Template.bench.plan(parameters: ["1": "Person 4711", "2": "send-0"])
        let body = MessageBody.template(
            try plan.fill { _ in nil },
            to: .phone("+4915112345678"),
            callbackData: "w1:00000000:msg_0000000000000.1"
        )
        return CurlFloor(
            url: "\(try GraphEndpoint(base: meta.base).base)/\(Meta.number(0))/messages",
            authorities: authorities,
            headers: ["Authorization: Bearer \(StandardWorld.accessToken)", "Content-Type: application/json"],
            body: body
        )
    }
}

extension WaproCore.Template {
    /// The one that the stand-in for Meta has.
    fileprivate static var bench: WaproCore.Template {
        get throws {
            try WaproCore.Template(
                json: .object([
                    "name": .string("autumn_offer"), "language": .string("en_GB"), "category": .string("UTILITY"),
                    "status": .string("APPROVED"),
                    "components": .array([
                        .object([
                            "type": .string("BODY"),
                            "text": .string("Hi {{1}}, our autumn sale is on: {{2}} off everything until Sunday."),
                        ])
                    ]),
                ])
            )
        }
    }
}
