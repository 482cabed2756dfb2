import MetaSim
import WaproCore
import WaproDaemon

/// What a demo needs: a simulated Meta over TLS, and a daemon that is configured to trust and use it.
struct DemoStage: Sendable {
    let simulator: MetaSim
    let folder: DemoFolder
    private let rate: Int

    /// The app whose callback path the daemon listens at.
    static let app = "demo"

    init(folder: DemoFolder, rate: Int) {
        simulator = MetaSim(.demo(rate: rate))
        (self.folder, self.rate) = (folder, rate)
    }

    /// The daemon's configuration, as `waprod.yaml` would say it.
    func configuration(_ endpoints: Endpoints) throws -> WaproDaemon.Configuration {
        if let authority = endpoints.authority { try folder.write(authority, as: "simulator-ca.pem") }
        var configuration = WaproDaemon.Configuration()
        configuration.store.path = folder.file("waprod.db")
        configuration.control.socket = folder.file("control.sock")
        configuration.webhook.listen = ListenAddress(host: "127.0.0.1", port: 0)
        configuration.cloud.baseURL = endpoints.https ?? ""
        configuration.cloud.caFile = folder.file("simulator-ca.pem")
        configuration.cloud.timeout = .seconds(10)
        configuration.portfolios = [.init(name: "Harbour Street Group")]
        configuration.apps = [
            .init(name: Self.app, secret: Secret(StandardWorld.appSecret), verifyToken: Secret(StandardWorld.verifyToken))
        ]
        configuration.accounts = [
            .init(
                name: "goods",
                portfolio: "Harbour Street Group",
                app: Self.app,
                wabaID: StandardWorld.accountID,
                token: Secret(StandardWorld.accessToken)
            )
        ]
        configuration.numbers = [
            .init(
                name: "offers",
                account: "goods",
                phoneNumberID: StandardWorld.highThroughputPhoneNumberID,
                rate: rate == 1000 ? nil : rate
            )
        ]
        return configuration
    }

    /// Points the simulator's webhooks at the daemon.
    func connect(_ doors: Doors) -> Bool {
        guard let port = doors.webhookPort else { return false }
        return simulator.setCallback("http://127.0.0.1:\(port)/webhook/\(Self.app)")
    }
}
