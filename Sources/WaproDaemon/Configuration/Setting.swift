/// One scalar setting: its key in the file, what it may be, and where its value goes.
///
/// The table `Setting.all` is the only list of them: reading, checking, suggestions, environment overrides and the test of
/// `waprod.yaml(5)` all use it.
struct Setting: Sendable {
    /// `section.name`.
    let key: String
    /// What a right value is.
    let expected: String
    /// The value in a configuration, as an administrator would write it.
    let render: @Sendable (Configuration) -> String
    /// Reads a text into the configuration.
    let apply: @Sendable (String, inout Configuration) throws(Complaint) -> Void

    init<Value>(_ key: String, _ path: any WritableKeyPath<Configuration, Value> & Sendable, _ format: Format<Value>) {
        self.key = key
        expected = format.expected
        render = { format.write($0[keyPath: path]) }
        apply = { text, configuration throws(Complaint) in configuration[keyPath: path] = try format.read(text) }
    }

    /// A setting without a default: nil until it is set.
    init<Value>(_ key: String, _ path: any WritableKeyPath<Configuration, Value?> & Sendable, unlessUnset format: Format<Value>) {
        self.init(key, path, format.optional)
    }

    var section: String { String(key.prefix { $0 != "." }) }
    var name: String { String(key.drop { $0 != "." }.dropFirst()) }

    /// The environment variable that overrides it: `WAPROD_STORE_PATH`.
    var variable: String { Self.variablePrefix + key.uppercased().map { $0 == "." ? "_" : String($0) }.joined() }

    static let variablePrefix = "WAPROD_"

    static let sections = Set(all.map(\.section))

    static let all: [Setting] = [
        Setting("store.path", \.store.path, .storePath),
        Setting("store.cache_size", \.store.cacheSize, .size((1 << 20)...(64 << 30))),
        Setting("store.readers", \.store.readers, .count(1...64)),

        Setting("control.socket", \.control.socket, .socketPath),
        Setting("control.max_message_bytes", \.control.maxMessageBytes, .size((64 << 10)...(64 << 20))),
        Setting("control.max_depth", \.control.maxDepth, .count(8...256)),
        Setting("control.connections", \.control.connections, .count(4...10_000)),
        Setting("control.connections_per_user", \.control.connectionsPerUser, .count(1...10_000)),
        Setting("control.calls_in_flight", \.control.callsInFlight, .count(1...1024)),

        Setting("webhook.listen", \.webhook.listen, unlessUnset: .address),
        Setting("webhook.max_body_bytes", \.webhook.maxBodyBytes, .size((64 << 10)...(64 << 20))),
        Setting("webhook.connections", \.webhook.connections, .count(1...65_536)),
        Setting("webhook.request_timeout", \.webhook.requestTimeout, .duration(.seconds(1)...(.seconds(300)))),
        Setting("webhook.idle_timeout", \.webhook.idleTimeout, .duration(.seconds(1)...(.seconds(3600)))),

        Setting("cloud.base_url", \.cloud.baseURL, .baseURL),
        Setting("cloud.version", \.cloud.version, .graphVersion),
        Setting("cloud.ca_file", \.cloud.caFile, unlessUnset: .certificates),
        Setting("cloud.proxy", \.cloud.proxy, unlessUnset: .proxy),
        Setting("cloud.connect_timeout", \.cloud.connectTimeout, .duration(.milliseconds(100)...(.seconds(60)))),
        Setting("cloud.timeout", \.cloud.timeout, .duration(.seconds(1)...(.seconds(300)))),
        Setting("cloud.http", \.cloud.http, .word),
        Setting("cloud.connections", \.cloud.connections, .count(1...1024)),
        Setting("cloud.in_flight", \.cloud.inFlight, .count(1...16_384)),

        Setting("sending.ahead", \.sending.ahead, .count(100...1_000_000)),
        Setting("sending.reserve_percent", \.sending.reservePercent, .count(0...90)),
        Setting("sending.validity", \.sending.validity, .duration(.seconds(60)...(.seconds(30 * 86_400)))),
        Setting("sending.frequency_cap", \.sending.frequencyCap, .count(0...1000)),
        Setting("sending.frequency_period", \.sending.frequencyPeriod, .duration(.seconds(3600)...(.seconds(90 * 86_400)))),

        Setting("doubt.window", \.doubt.window, .duration(.seconds(1)...(.seconds(30 * 86_400)))),
        Setting("doubt.marketing", \.doubt.marketing, .word),
        Setting("doubt.utility", \.doubt.utility, .word),
        Setting("doubt.authentication", \.doubt.authentication, .word),
        Setting("doubt.service", \.doubt.service, .word),
        Setting("doubt.history_calls", \.doubt.historyCalls, .count(0...1000)),

        Setting("retention.journal_days", \.retention.journalDays, .count(0...3650)),
        Setting("retention.journal_bytes", \.retention.journalBytes, .size((16 << 20)...(1 << 40))),
        Setting("retention.quarantine_days", \.retention.quarantineDays, .count(1...3650)),
        Setting("retention.events_days", \.retention.eventsDays, .count(1...3650)),
        Setting("retention.events_rows", \.retention.eventsRows, .count(1000...1_000_000_000)),

        Setting("log.level", \.log.level, .word),
    ]
}
