import CCurl
import Testing
import WaproCloud

/// libcurl sends a POST a second time, by itself, when a kept connection dies before the first byte of the answer. The first test of each pair
/// shows that it does; the second, that a send of ours does not.
@Suite struct RepeatTests {
    static let wires: [(Peer.Wire, TestIdentity?)] = [(.http1, nil), (.http1, .localhost), (.http2, .localhost)]

    /// A server that reads a request whole and gives no answer, in one of the ways that make libcurl repeat it.
    struct Silence: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var wire: Peer.Wire
        var identity: TestIdentity?
        var reply: Peer.Reply

        /// Answers the first request, is silent to the second, answers whatever comes after.
        func peer() async throws -> Peer {
            let reply = reply
            return try await Peer(wire, identity: identity) { $0.ordinal == 2 ? reply : .answer() }
        }
    }

    static let silences = [
        Silence(testDescription: "HTTP/1.1, closed", wire: .http1, identity: nil, reply: .closeSilently),
        Silence(testDescription: "HTTP/1.1 over TLS, closed", wire: .http1, identity: .localhost, reply: .closeSilently),
        Silence(testDescription: "HTTP/2 over TLS, reset", wire: .http2, identity: .localhost, reply: .reset),
        Silence(testDescription: "HTTP/2 over TLS, stream refused", wire: .http2, identity: .localhost, reply: .refuseStream),
    ]

    @Test(arguments: silences)
    func `with a fixed body libcurl posts twice and shows one success`(_ silence: Silence) async throws {
        let peer = try await silence.peer()
        let easy = curl_easy_init()
        defer { curl_easy_cleanup(easy) }
        wapro_curl_set_string(easy, CURLOPT_URL, peer.url)
        if let identity = silence.identity { wapro_curl_set_string(easy, CURLOPT_CAINFO, identity.certificate) }
        wapro_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
        wapro_curl_set_string(easy, CURLOPT_COPYPOSTFIELDS, "first")
        #expect(curl_easy_perform(easy) == CURLE_OK)
        wapro_curl_set_string(easy, CURLOPT_COPYPOSTFIELDS, "second")
        #expect(curl_easy_perform(easy) == CURLE_OK)
        #expect(peer.requests.map(\.body) == ["first", "second", "second"])
        try await peer.close()
    }

    @Test(arguments: silences)
    func `a send of ours is posted once and its fate is unknown`(_ silence: Silence) async throws {
        let peer = try await silence.peer()
        var settings = HTTPSettings()
        settings.authorities = silence.identity?.certificate
        // A busy machine may take longer over a handshake than a message may wait.
        settings.startWithin = .seconds(60)
        let http = HTTPClient.live(settings)
        defer { http.shutDown() }
        let target = HTTPTarget(.post, peer.url)
        guard case .response = await http.result(of: HTTPRequest(target, lane: .campaign, body: Array("first".utf8))) else {
            Issue.record("the first request must be answered")
            return
        }
        let second = await http.result(of: HTTPRequest(target, lane: .campaign, body: Array("second".utf8)))
        guard case .unknown(let failure) = second else {
            Issue.record("must be unknown: \(second)")
            return
        }
        #expect(failure.kind == .repeatRefused)
        #expect(failure.code == 65)
        #expect(peer.requests.map(\.body) == ["first", "second"])
        // The lane works on, over a new connection.
        guard case .response = await http.result(of: HTTPRequest(target, lane: .campaign, body: Array("third".utf8))) else {
            Issue.record("the third request must be answered")
            return
        }
        #expect(peer.requests.map(\.body) == ["first", "second", "third"])
        try await peer.close()
    }
}
