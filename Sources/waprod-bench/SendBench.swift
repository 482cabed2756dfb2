import Logging
import MetaSim
import ServiceLifecycle
import WaproCloud
import WaproCore
import WaproSending
import WaproStore

/// Sending a campaign over HTTP/2 and TLS to a simulated Meta in this process. Ours: claimed, rendered, sent, recorded, all durable.
/// The floor: the same requests through the same client with nothing stored.
struct SendBench {
    private let count: Int
    private let folder: String
    private let simulator: MetaSim
    private let http: HTTPClient
    private let sender: GraphSender
    private let credentials: GraphCredentials

    init(count: Int) async throws {
        self.count = count
        folder = try Measure.folder()
        simulator = MetaSim(.bench)
        let endpoints = try await simulator.start()
        guard let base = endpoints.http else { throw Measure.Failure(words: "the simulator does not listen") }
        var settings = HTTPSettings()
        settings.version = .http1
        http = .live(settings)
        sender = GraphSender(http: http, endpoint: try GraphEndpoint(base: base))
        credentials = try GraphCredentials(token: Secret(StandardWorld.accessToken))
    }

    func end() async {
        http.shutDown()
        await simulator.stop()
        Measure.remove(folder)
    }

    func floor() async throws -> Double {
        let body = MessageBody.template(
            try Self.template().plan(parameters: Self.parameters).fill { _ in "Person" },
            to: .phone("+4915112345678"),
            callbackData: "w1:00000000:msg_0000000000000.1"
        )
        let (sender, credentials, total) = (sender, credentials, count)
        return try await Measure.rate(of: total) {
            try await withThrowingDiscardingTaskGroup { group in
                for connection in 0..<64 {
                    group.addTask {
                        for _ in stride(from: connection, to: total, by: 64) {
                            _ = await sender.send(
                                body: body,
                                from: StandardWorld.highThroughputPhoneNumberID,
                                credentials: credentials,
                                lane: .campaign
                            )
                        }
                    }
                }
            }
        }
    }

    func ours() async throws -> Double {
        let store = try Store(.file("\(folder)/waprod.db"))
        let total = count
        let (number, campaign) = try await store.write(.control) { transaction in
            let account = try transaction.configureAccount(
                "goods",
                wabaID: StandardWorld.accountID,
                portfolio: transaction.configurePortfolio("group"),
                app: transaction.configureApp("main")
            )
            let number = try transaction.configureNumber(
                "offers",
                phoneNumberID: StandardWorld.highThroughputPhoneNumberID,
                account: account,
                rate: 1_000_000
            )
            try transaction.refresh(
                number,
                with: NumberNews(
                    displayNumber: nil,
                    verifiedName: nil,
                    quality: nil,
                    status: nil,
                    messagingLimit: "TIER_UNLIMITED",
                    throughput: 1000
                )
            )
            _ = try transaction.sync([try Self.template()], of: account)
            guard let template = try transaction.templates(named: "autumn_offer", account: account).first else {
                throw Measure.Failure(words: "the template is not there")
            }
            for index in 0..<total {
                guard let phone = WaproCore.PhoneNumber(value: 4_915_110_000_000 + Int64(index)) else { continue }
                _ = try transaction.upsertContact(phone: phone, name: nil, attributes: ["first_name": "Person \(index)"])
            }
            let campaign = try transaction.createCampaign(
                CampaignDraft(name: "bench", number: number, template: template, list: nil, parameters: Self.parameters)
            )
            return (number, campaign)
        }
        let routes = [number: SendingRoute(phoneNumberID: StandardWorld.highThroughputPhoneNumberID, credentials: credentials)]
        let dispatcher = Dispatcher(
            store: store,
            sender: Sender(graph: sender, routes: routes, store: store),
            settings: SendingSettings(),
            logger: Logger(label: "bench")
        )
        let group = ServiceGroup(configuration: .init(services: [.init(service: dispatcher)], logger: Logger(label: "bench")))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let rate = try await Measure.rate(of: count) {
                try await store.write(.control) { try $0.beginFreezing(campaign, from: .draft, because: .asked) }
                while try await store.read({ try $0.campaign(campaign)?.state }) != .finished {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try await store.close()
            return rate
        }
    }

    private static let parameters = ["1": "{{first_name|there}}", "2": "20%"]

    private static func template() throws -> WaproCore.Template {
        try WaproCore.Template(
            json: .object([
                "name": .string("autumn_offer"), "language": .string("en_GB"), "category": .string("MARKETING"),
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
