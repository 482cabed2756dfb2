import WaproCloud
import WaproCore
import WaproRPC
import WaproSending
import WaproStore

/// The configured accounts as they meet Meta: the HTTP client, and for each number and account with which token it is asked.
struct Accounts: Sendable {
    let http: HTTPClient
    let sender: GraphSender
    /// Through what each number sends.
    let routes: [NumberID: SendingRoute]
    let graph: GraphReader
    private let credentials: [AccountID: (wabaID: String, credentials: GraphCredentials)]

    /// Takes the configuration over into the store, which gives every entry its identifier.
    init(_ configuration: Configuration, store: Store) async throws(DaemonFailure) {
        let settings = Self.settings(configuration.cloud)
        let endpoint: GraphEndpoint
        var made: [String: GraphCredentials] = [:]
        do {
            endpoint = try GraphEndpoint(base: configuration.cloud.baseURL, version: configuration.cloud.version)
            for account in configuration.accounts {
                let app = configuration.apps.first { $0.name == account.app }
                made[account.name] = try GraphCredentials(token: account.token, appSecret: app?.secret, proof: app?.provesSecret ?? false)
            }
        } catch {
            throw .configuration(ConfigurationRefusal(problems: [.init(place: "waprod.yaml", key: "cloud, accounts", text: "\(error)")]))
        }
        http = .live(settings)
        sender = GraphSender(http: http, endpoint: endpoint)
        graph = GraphReader(http: http, endpoint: endpoint)
        do {
            (routes, credentials) = try await store.write(.control) { [made] in try Self.takeOver(configuration, made, in: $0) }
        } catch {
            throw .defect("the configuration could not be taken over: \(error)")
        }
    }

    private static func settings(_ cloud: Configuration.Cloud) -> HTTPSettings {
        var settings = HTTPSettings()
        settings.authorities = cloud.caFile
        settings.proxy = cloud.proxy
        settings.version = cloud.http == .http2 ? .http2 : .http1
        settings.connectTimeout = cloud.connectTimeout
        settings.totalTimeout = cloud.timeout
        let streams = cloud.http == .http2 ? max(1, cloud.inFlight / cloud.connections) : 1
        settings.campaign = .init(connections: cloud.connections, streams: streams)
        return settings
    }

    private typealias TakenOver = ([NumberID: SendingRoute], [AccountID: (wabaID: String, credentials: GraphCredentials)])

    private static func takeOver(
        _ configuration: Configuration,
        _ made: [String: GraphCredentials],
        in transaction: Transaction
    ) throws -> TakenOver {
        var portfolios: [String: PortfolioID] = [:]
        var apps: [String: AppID] = [:]
        var accounts: [String: AccountID] = [:]
        var result: TakenOver = ([:], [:])
        for portfolio in configuration.portfolios { portfolios[portfolio.name] = try transaction.configurePortfolio(portfolio.name) }
        for app in configuration.apps { apps[app.name] = try transaction.configureApp(app.name) }
        for account in configuration.accounts {
            guard let portfolio = portfolios[account.portfolio], let app = apps[account.app], let credentials = made[account.name] else {
                continue
            }
            let id = try transaction.configureAccount(account.name, wabaID: account.wabaID, portfolio: portfolio, app: app)
            accounts[account.name] = id
            result.1[id] = (account.wabaID, credentials)
        }
        for number in configuration.numbers {
            guard let account = accounts[number.account], let credentials = made[number.account] else { continue }
            let id = try transaction.configureNumber(number.name, phoneNumberID: number.phoneNumberID, account: account, rate: number.rate)
            // What stopped it may be mended by now (a new token): it stops again at the first refusal if not.
            try transaction.halt(id, code: nil)
            result.0[id] = SendingRoute(phoneNumberID: number.phoneNumberID, credentials: credentials)
        }
        return result
    }

    /// All templates of an account, as Meta lists them now.
    func templates(of account: AccountID) async throws(Fault) -> [Template] {
        guard let known = credentials[account] else {
            throw Fault(.notConfigured, "The account is in the store but not in the configuration.", hint: "See waprod.yaml(5).")
        }
        do {
            return try await graph.templates(of: known.wabaID, credentials: known.credentials).templates
        } catch {
            throw Fault(error)
        }
    }

    /// What Meta says of a number now; nil for one that is not configured any more.
    func news(of number: NumberID) async throws -> NumberNews? {
        guard let route = routes[number] else { return nil }
        return NumberNews(try await graph.phoneNumber(route.phoneNumberID, credentials: route.credentials))
    }
}

extension NumberNews {
    init(_ info: PhoneNumberInfo) {
        self.init(
            displayNumber: info.displayPhoneNumber,
            verifiedName: info.verifiedName,
            quality: info.qualityRating,
            status: info.status,
            messagingLimit: info.messagingLimit,
            throughput: info.messagesPerSecond
        )
    }
}

extension Fault {
    /// What a failed question to Meta means to a caller.
    init(_ failure: GraphFailure) {
        switch failure.kind {
        case .notReached: self.init(.metaUnreachable, "\(failure).", retryAfterMilliseconds: 5000)
        case .refused, .unreadable, .tooManyPages: self.init(.metaRefused, "\(failure).", retryable: failure.isTransient)
        }
    }
}
