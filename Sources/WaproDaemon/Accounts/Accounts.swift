import Logging
import Synchronization
import WaproCloud
import WaproCore
import WaproReceiving
import WaproRPC
import WaproSending
import WaproStore

/// The accounts as they meet Meta: the HTTP client, and for each number and account with which token it is asked. Commands change them while
/// messages are sent and webhooks come.
final class Accounts: Sendable {
    let http: HTTPClient
    let sender: GraphSender
    let graph: GraphReader
    let subscriber: GraphSubscriber
    /// Through what each number sends.
    let routes: SendingRoutes
    let secrets: KeptSecrets
    let clock: WallClock
    private let current: Mutex<AccountBook>
    private let listening = Mutex<(@Sendable ([Listener.App]) -> Void)?>(nil)

    /// Takes the configuration over into the store, which gives every entry its identifier, and adds what commands have added.
    init(_ configuration: Configuration, store: Store, clock: WallClock, logger: Logger) async throws(DaemonFailure) {
        self.clock = clock
        let endpoint: GraphEndpoint
        do {
            endpoint = try GraphEndpoint(base: configuration.cloud.baseURL, version: configuration.cloud.version)
        } catch {
            throw .configuration(ConfigurationRefusal(problems: [.init(place: "waprod.yaml", key: "cloud", text: "\(error)")]))
        }
        secrets = KeptSecrets(folder: SecretFolder(besides: configuration.store.isInMemory ? nil : configuration.store.path))
        let book = try await TakingOver(configuration: configuration, secrets: secrets, logger: logger).run(store)
        http = .live(Self.settings(configuration.cloud))
        sender = GraphSender(http: http, endpoint: endpoint)
        graph = GraphReader(http: http, endpoint: endpoint)
        subscriber = GraphSubscriber(http: http, endpoint: endpoint)
        routes = SendingRoutes(book.accounts.values.reduce(into: [:]) { $0.merge($1.routes) { $1 } })
        current = Mutex(book)
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

    var book: AccountBook { current.withLock { $0 } }

    /// Whose webhooks are taken.
    var listened: [Listener.App] { book.apps.values.map(\.listened) }

    /// Tells a listener of the apps whenever they change.
    func tell(_ serve: @escaping @Sendable ([Listener.App]) -> Void) {
        listening.withLock { $0 = serve }
    }

    /// Puts what a command changed, and what is committed, to use: what is handed over from now on goes by it.
    func change(_ change: (inout AccountBook) -> Void) {
        let book = current.withLock { book in
            change(&book)
            return book
        }
        for account in book.accounts.values { routes.take(account.routes) }
        listening.withLock { $0 }?(book.apps.values.map(\.listened))
    }

    /// An account with the token that it is asked with.
    func known(_ account: AccountRecord) throws(Fault) -> (account: AccountBook.Account, credentials: GraphCredentials) {
        guard let known = book.accounts[account.id] else {
            throw Fault(
                .notConfigured,
                "The account \(account.name) is in the store, but waprod.yaml no longer has it.",
                hint: "See waprod.yaml(5), or add it with account.add."
            )
        }
        guard let credentials = known.credentials else {
            guard known.token == nil else {
                throw Fault(
                    .notConfigured,
                    "The secrets of the app \(known.app) are missing, which \(account.name)'s token goes with.",
                    hint: "account.token gives them, with app_secret and verify_token."
                )
            }
            throw Fault(.notConfigured, "There is no access token for the account \(account.name).", hint: "account.token gives one.")
        }
        return (known, credentials)
    }

    /// All templates of an account, as Meta lists them now.
    func templates(of account: AccountRecord) async throws(Fault) -> [Template] {
        let known = try known(account)
        do {
            return try await graph.templates(of: known.account.wabaID, credentials: known.credentials).templates
        } catch {
            throw Fault(error)
        }
    }

    /// What Meta says of a number now; nil for one that is not configured any more, or has no token.
    func news(of number: NumberID) async throws -> NumberNews? {
        guard let route = routes[number], let credentials = route.credentials else { return nil }
        return NumberNews(try await graph.phoneNumber(route.phoneNumberID, credentials: credentials))
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
    init(_ failure: GraphFailure, field: String? = nil) {
        switch failure.kind {
        case .notReached: self.init(.metaUnreachable, "\(failure).", retryAfterMilliseconds: 5000)
        case .refused, .unreadable, .tooManyPages:
            self.init(.metaRefused, "\(failure).", field: field, retryable: failure.isTransient)
        }
    }

    /// What a secret that could not be kept means to a caller.
    init(_ failure: SecretFolderFailure) {
        self.init(
            failure.isFull ? .storageFull : .storageFailed,
            "Nothing was changed: \(failure).",
            hint: failure.isFull ? "Make room." : "waprod must be able to write there; see the unit's StateDirectory."
        )
    }
}
