import Synchronization

/// The one door for sends: `POST /{phone_number_id}/messages`.
///
/// It never repeats anything. What an answer means is decided by `Outcome`.
public final class GraphSender: Sendable {
    private struct Key: Hashable {
        var number: String
        var credentials: GraphCredentials
    }

    public let http: HTTPClient
    public let endpoint: GraphEndpoint
    /// Address and headers, kept because they are the same for every message of a number.
    private let targets = Mutex<[Key: HTTPTarget]>([:])

    public init(http: HTTPClient, endpoint: GraphEndpoint) {
        self.http = http
        self.endpoint = endpoint
    }

    /// Hands one message over at once.
    /// - Parameters:
    ///   - body: from `MessageBody` or `CampaignBody`.
    ///   - phoneNumberID: Meta's id of the number that sends.
    ///   - completion: called exactly once, on the HTTP client's thread; must not block.
    @discardableResult
    public func send(
        body: [UInt8],
        from phoneNumberID: String,
        credentials: GraphCredentials,
        lane: HTTPLane,
        completion: @escaping @Sendable (Outcome) -> Void
    ) -> HTTPRequestID {
        let target = target(Key(number: phoneNumberID, credentials: credentials))
        return http.perform(HTTPRequest(target, lane: lane, body: body)) { completion(Outcome(of: $0)) }
    }

    /// The same, awaited; a cancelled task's outcome says whether the message may have been sent.
    public func send(body: [UInt8], from phoneNumberID: String, credentials: GraphCredentials, lane: HTTPLane) async -> Outcome {
        let target = target(Key(number: phoneNumberID, credentials: credentials))
        return Outcome(of: await http.result(of: HTTPRequest(target, lane: lane, body: body)))
    }

    /// How many messages a lane takes now.
    public func capacity(_ lane: HTTPLane) -> Int { http.capacity(lane) }

    /// Opens a lane's connections before they are needed. Sends no credentials.
    public func warm(_ lane: HTTPLane) {
        http.warm(HTTPTarget(.head, endpoint.base + "/"), lane)
    }

    private func target(_ key: Key) -> HTTPTarget {
        targets.withLock { targets in
            if let target = targets[key] { return target }
            // Tokens change; old ones must not pile up.
            if targets.count >= 256 { targets.removeAll() }
            let target = HTTPTarget(
                .post,
                endpoint.url(key.number, "messages", query: key.credentials.query),
                headers: [key.credentials.header, ("Content-Type", "application/json")]
            )
            targets[key] = target
            return target
        }
    }
}
