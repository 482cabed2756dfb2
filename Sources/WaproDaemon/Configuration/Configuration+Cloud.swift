public import WaproCore

extension Configuration {
    /// `cloud`: how Meta's Cloud API is reached.
    public struct Cloud: Sendable, Hashable {
        /// The versions of HTTP to choose from. HTTP/2 needs TLS: with an `http` base URL HTTP/1.1 is spoken in either case.
        public enum HTTP: String, Sendable, Hashable, CaseIterable {
            case http1 = "http1.1"
            case http2 = "http2"
        }

        /// `cloud.base_url`: without a slash at its end. `http` is accepted for a loopback host only: it would show the token.
        public var baseURL = "https://graph.facebook.com"
        /// `cloud.version`: the Graph API version in every path.
        public var version = "v25.0"
        /// `cloud.ca_file`: certificates (PEM) to trust instead of the system's. Absolute path.
        public var caFile: String?
        /// `cloud.proxy`: the outbound proxy, such as `http://proxy.example:3128`. Nil: none, whatever the environment says.
        public var proxy: String?
        /// `cloud.connect_timeout`: until TCP and TLS stand.
        public var connectTimeout = Duration.seconds(5)
        /// `cloud.timeout`: for a whole request. A send that exceeds it is in doubt, so it is generous.
        public var timeout = Duration.seconds(30)
        /// `cloud.http`: the version of HTTP.
        public var http = HTTP.http2
        /// `cloud.connections`: connections kept open for campaigns; conversations have their own.
        public var connections = 4
        /// `cloud.in_flight`: requests under way at once. With HTTP/1.1 a connection carries one.
        public var inFlight = 256
    }

    /// `sending`: how messages are prepared and paced.
    public struct Sending: Sendable, Hashable {
        /// `sending.ahead`: messages of a campaign that are expanded from its audience before their turn, at most.
        public var ahead = 20_000
        /// `sending.reserve_percent`: percent of a number's throughput that campaigns leave free, for inbound and conversations.
        public var reservePercent = 10
        /// `sending.validity`: how long a campaign's message may wait to be sent, where the campaign does not say.
        public var validity = Duration.seconds(7 * 86_400)
        /// `sending.frequency_cap`: marketing messages of campaigns to one person in `frequency_period`; 0: as many as Meta takes.
        public var frequencyCap = 0
        /// `sending.frequency_period`.
        public var frequencyPeriod = Duration.seconds(7 * 86_400)
    }

    /// `doubt`: messages of which nobody knows whether they were sent.
    public struct Doubt: Sendable, Hashable {
        /// `doubt.window`: how long evidence is waited for.
        public var window = DoubtWindow.usualLength
        /// `doubt.marketing` and so on: what happens then, by the category of the message.
        public var marketing = DoubtPolicy.list
        public var utility = DoubtPolicy.list
        public var authentication = DoubtPolicy.list
        public var service = DoubtPolicy.list
        /// `doubt.history_calls`: calls of Meta's message history in an hour; 0: it is not asked.
        public var historyCalls = 0
    }
}
