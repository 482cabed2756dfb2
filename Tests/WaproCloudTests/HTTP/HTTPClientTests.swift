import Synchronization
import Testing

@testable import WaproCloud

@Suite struct HTTPClientTests {
    let body = Array(#"{"to":"x"}"#.utf8)

    func post(_ http: HTTPClient, _ url: String, lane: HTTPLane = .campaign, body: [UInt8]? = nil) async -> HTTPResult {
        await http.result(of: HTTPRequest(HTTPTarget(.post, url), lane: lane, body: body ?? self.body))
    }

    @Test(arguments: RepeatTests.wires)
    func `an answer has status, body and the headers that matter`(_ wire: Peer.Wire, _ identity: TestIdentity?) async throws {
        let peer = try await Peer(wire, identity: identity) { _ in
            .answer(429, headers: [("Retry-After", "7"), ("X-Business-Use-Case-Usage", #"{"1":[]}"#), ("X-Other", "1")], "slow down")
        }
        var settings = HTTPSettings()
        settings.authorities = identity?.certificate
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let result = await post(http, peer.url)
        let wanted = HTTPResponse(status: 429, body: Array("slow down".utf8), retryAfter: .seconds(7), businessUsage: #"{"1":[]}"#)
        #expect(result == .response(wanted))
        #expect(peer.requests.map(\.body) == [#"{"to":"x"}"#])
        #expect(peer.requests.map(\.method) == ["POST"])
        try await peer.close()
    }

    @Test func `nothing listens: certainly not sent`() async throws {
        let peer = try await Peer { _ in .answer() }
        let url = peer.url
        try await peer.close()
        let http = HTTPClient.live()
        defer { http.shutDown() }
        let result = await post(http, url)
        guard case .notSent(let failure) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(failure.kind == .connectionRefused)
    }

    @Test func `a name that does not resolve: certainly not sent`() async {
        let http = HTTPClient.live()
        defer { http.shutDown() }
        let result = await post(http, "http://nowhere.invalid/")
        guard case .notSent(let failure) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(failure.kind == .nameNotResolved || failure.kind == .tooLate)
    }

    @Test func `a proxy that is not there: certainly not sent`() async throws {
        var settings = HTTPSettings()
        settings.proxy = "http://127.0.0.1:9"
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let result = await post(http, "https://nowhere.invalid/")
        guard case .notSent = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test(arguments: [(TestIdentity.elsewhere, TestIdentity.elsewhere), (TestIdentity.localhost, TestIdentity.elsewhere)])
    func `a certificate for another host, or of an unknown authority: certainly not sent`(
        _ identity: TestIdentity,
        _ trusted: TestIdentity
    ) async throws {
        let peer = try await Peer(.http2, identity: identity) { _ in .answer() }
        var settings = HTTPSettings()
        settings.authorities = trusted.certificate
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let result = await post(http, peer.url)
        guard case .notSent(let failure) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(failure.kind == .tls)
        #expect(peer.requests.isEmpty)
        try await peer.close()
    }

    @Test func `no answer in time: unknown`() async throws {
        let peer = try await Peer { _ in .hold }
        var settings = HTTPSettings()
        settings.totalTimeout = .milliseconds(100)
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let result = await post(http, peer.url)
        guard case .unknown(let failure) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(failure.kind == .timedOut)
        #expect(peer.requests.count == 1)
        try await peer.close()
    }

    @Test(arguments: RepeatTests.wires)
    func `a first connection that closes without a byte: unknown`(_ wire: Peer.Wire, _ identity: TestIdentity?) async throws {
        let peer = try await Peer(wire, identity: identity) { _ in .closeSilently }
        var settings = HTTPSettings()
        settings.authorities = identity?.certificate
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let result = await post(http, peer.url)
        guard case .unknown = result else {
            Issue.record("\(result)")
            return
        }
        #expect(peer.requests.count == 1)
        try await peer.close()
    }

    @Test func `an HTTP2 stream that the server refuses is not repeated`() async throws {
        let peer = try await Peer(.http2, identity: .localhost) { _ in .refuseStream }
        var settings = HTTPSettings()
        settings.authorities = TestIdentity.localhost.certificate
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let result = await post(http, peer.url)
        guard case .unknown = result else {
            Issue.record("\(result)")
            return
        }
        #expect(peer.requests.count == 1)
        try await peer.close()
    }

    @Test func `a body of which the server took only a part certainly did not arrive`() async throws {
        // The peer's socket buffers hold some megabytes; the rest of the body never leaves.
        let listener = try DeafListener()
        var settings = HTTPSettings()
        settings.totalTimeout = .milliseconds(300)
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let result = await post(http, listener.url, body: [UInt8](repeating: 120, count: 64 << 20))
        guard case .notSent(let failure) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(failure.kind == .timedOut)
    }

    @Test func `an answer without end is cut off: unknown`() async throws {
        let long = String(repeating: "x", count: 4096)
        let peer = try await Peer { _ in .answer(200, long) }
        var settings = HTTPSettings()
        settings.largestAnswer = 1024
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        guard case .unknown(let failure) = await post(http, peer.url) else {
            Issue.record("must be unknown")
            return
        }
        #expect(failure.kind == .answerTooLarge)
        try await peer.close()
    }

    @Test func `redirects are answers, not followed`() async throws {
        let peer = try await Peer { _ in .answer(302, headers: [("Location", "/elsewhere")], "") }
        let http = HTTPClient.live()
        defer { http.shutDown() }
        guard case .response(let response) = await post(http, peer.url) else {
            Issue.record("must be an answer")
            return
        }
        #expect(response.status == 302)
        #expect(peer.requests.count == 1)
        try await peer.close()
    }

    @Test func `a cancelled request whose body left is unknown`() async throws {
        let peer = try await Peer { _ in .hold }
        let http = HTTPClient.live()
        defer { http.shutDown() }
        let task = Task { await post(http, peer.url) }
        await peer.arrival(1)
        task.cancel()
        let result = await task.value
        #expect(result == .unknown(HTTPFailure(.cancelled)))
        try await peer.close()
    }

    @Test func `a task cancelled before it asks sends nothing`() async throws {
        let peer = try await Peer { _ in .answer() }
        let http = HTTPClient.live()
        defer { http.shutDown() }
        let url = peer.url
        let (gate, open) = AsyncStream<Void>.makeStream()
        let task = Task {
            for await _ in gate {}
            return await post(http, url)
        }
        task.cancel()
        open.finish()
        #expect(await task.value == .notSent(HTTPFailure(.cancelled)))
        #expect(peer.requests.isEmpty)
        try await peer.close()
    }

    @Test func `a full lane refuses at once, and another lane still has room`() async throws {
        let peer = try await Peer { $0.body == "hold" ? .hold : .answer() }
        var settings = HTTPSettings()
        settings.campaign = .init(connections: 2, streams: 50)
        let http = HTTPClient.live(settings)
        let ended = Mutex<[HTTPResult]>([])
        let target = HTTPTarget(.post, peer.url)
        #expect(http.capacity(.campaign) == 2)
        for _ in 0..<2 {
            _ = http.perform(HTTPRequest(target, lane: .campaign, body: Array("hold".utf8))) { result in
                ended.withLock { $0.append(result) }
            }
        }
        #expect(http.capacity(.campaign) == 0)
        #expect(await post(http, peer.url) == .notSent(HTTPFailure(.atCapacity)))
        guard case .response = await post(http, peer.url, lane: .conversation) else {
            Issue.record("a chat reply waits behind a campaign")
            return
        }
        await peer.arrival(3)
        http.shutDown()
        // Both were with the server when the client was shut down.
        #expect(ended.withLock { $0 } == [.unknown(HTTPFailure(.closed)), .unknown(HTTPFailure(.closed))])
        #expect(await post(http, peer.url) == .notSent(HTTPFailure(.closed)))
        #expect(http.counters(.campaign).inFlight == 0)
        #expect(http.counters(.campaign).connectionsOpen == 0)
        try await peer.close()
    }

    @Test(arguments: RepeatTests.wires)
    func `connections are opened ahead of need, and then used`(_ wire: Peer.Wire, _ identity: TestIdentity?) async throws {
        let peer = try await Peer(wire, identity: identity) { _ in .answer() }
        var settings = HTTPSettings()
        settings.authorities = identity?.certificate
        settings.campaign = .init(connections: 3, streams: 10)
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        http.warm(HTTPTarget(.head, peer.url), .campaign)
        await peer.arrival(3)
        while http.counters(.campaign).inFlight > 0 || http.counters(.campaign).requests < 3 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(peer.requests.map(\.method) == ["HEAD", "HEAD", "HEAD"])
        #expect(http.capacity(.campaign) == (wire == .http2 ? 30 : 3))
        // A second time there is nothing to open.
        http.warm(HTTPTarget(.head, peer.url), .campaign)
        let room = http.capacity(.campaign)
        await withTaskGroup { group in
            for _ in 0..<room {
                group.addTask {
                    let result = await post(http, peer.url)
                    guard case .response = result else {
                        Issue.record("every post must be answered: \(result)")
                        return
                    }
                }
            }
        }
        #expect(http.counters(.campaign).connectionsOpened == 3)
        #expect(http.counters(.campaign).requests == 3 + room)
        #expect(peer.connections == 3)
        try await peer.close()
    }

    @Test func `a server that speaks HTTP1 only gets more connections, opened ahead too`() async throws {
        let peer = try await Peer(.http1, identity: .localhost) { _ in .answer() }
        var settings = HTTPSettings()
        settings.authorities = TestIdentity.localhost.certificate
        settings.campaign = .init(connections: 2, streams: 50, http1Connections: 5)
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        #expect(http.capacity(.campaign) == 2)
        http.warm(HTTPTarget(.head, peer.url), .campaign)
        await peer.arrival(5)
        while http.counters(.campaign).inFlight > 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(http.capacity(.campaign) == 5)
        #expect(http.counters(.campaign).connectionsOpened == 5)
        try await peer.close()
    }

    @Test func `a request for which no connection can be had in time is given back unsent`() async throws {
        let listener = try DeafListener()
        var settings = HTTPSettings()
        settings.startWithin = .milliseconds(50)
        settings.authorities = TestIdentity.localhost.certificate
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        // The TLS handshake never gets an answer.
        let result = await post(http, listener.url.replacing("http:", with: "https:"))
        #expect(result == .notSent(HTTPFailure(.tooLate)))
    }

    @Test func `a token is not seen when a target is printed`() {
        let target = HTTPTarget(.post, "https://localhost/", headers: [("Authorization", "Bearer canary")])
        #expect(!"\(target)".contains("canary"))
        var dumped = ""
        dump(target, to: &dumped)
        #expect(!dumped.contains("canary"))
    }
}
