import Synchronization
import Testing
import WaproCore

@testable import WaproCloud

@Suite struct GraphTests {
    @Test(arguments: [
        "http://graph.facebook.com", "ftp://localhost", "graph.facebook.com", "https://", "https://user@host", "https://host/?a=b",
        "https://ho st",
        "http://127.evil.example", "http://localhost.evil.example", "http://128.0.0.1",
    ])
    func `a base address that would expose the token or cannot work is refused`(_ base: String) {
        #expect(throws: GraphSetupError.self) { try GraphEndpoint(base: base) }
    }

    @Test(arguments: [
        "https://graph.facebook.com", "http://127.0.0.1:8080", "http://[::1]:8080/", "http://localhost:1", "https://proxy.example/graph",
    ])
    func `other base addresses are taken`(_ base: String) throws {
        #expect(!(try GraphEndpoint(base: base)).base.hasSuffix("/"))
    }

    @Test func `versions look like Meta's`() {
        #expect(throws: GraphSetupError.badVersion) { try GraphEndpoint(version: "25") }
        #expect(throws: GraphSetupError.badVersion) { try GraphEndpoint(version: "v25.0/evil") }
        #expect(
            GraphEndpoint.meta.url("45/1", "messages", query: [("a", "b c")]) == "https://graph.facebook.com/v25.0/45%2F1/messages?a=b%20c"
        )
    }

    @Test func `a token loses its newline and shows nowhere`() throws {
        let credentials = try GraphCredentials(token: Secret("canary-token\n"), appSecret: Secret("canary-secret"), proof: true)
        #expect(credentials.token.revealed == "canary-token")
        // Computed by: printf canary-token | openssl dgst -sha256 -hmac canary-secret
        #expect(credentials.proof == "1e0b59af0ae7ca6cff2afc8ba4af45e0ee584e45fb64ec9d5f018d1886ef9791")
        var text = "\(credentials)"
        dump(credentials, to: &text)
        #expect(!text.contains("canary"))
        #expect(throws: GraphSetupError.badToken) { try GraphCredentials(token: Secret(" \n")) }
        #expect(throws: GraphSetupError.badToken) { try GraphCredentials(token: Secret("a\r\nX-Evil: 1")) }
        #expect(throws: GraphSetupError.emptyAppSecret) { try GraphCredentials(token: Secret("a"), proof: true) }
    }

    /// Answers each request from a list, and remembers what was asked.
    final class Meta: Sendable {
        let asked = Mutex<[(url: String, lane: HTTPLane)]>([])
        let bodies = Mutex<[[UInt8]]>([])
        let answers: Mutex<[HTTPResult]>

        init(_ answers: [(Int, String)]) {
            self.answers = Mutex(answers.map { .response(HTTPResponse(status: $0.0, body: Array($0.1.utf8))) })
        }

        var client: HTTPClient {
            var client = HTTPClient.unexpected
            client.perform = { [self] request, completion in
                asked.withLock { $0.append((request.target.url, request.lane)) }
                bodies.withLock { $0.append(request.body) }
                completion(answers.withLock { $0.removeFirst() })
                return HTTPRequestID(lane: request.lane, ordinal: 1)
            }
            return client
        }
    }

    let credentials: GraphCredentials

    init() throws { credentials = try GraphCredentials(token: Secret("t")) }

    func template(_ name: String) -> String {
        #"{"name":"\#(name)","language":"en","status":"APPROVED","category":"UTILITY","id":"1","components":[{"type":"BODY","text":"Hi"}]}"#
    }

    @Test func `templates are listed to the last page, and one that cannot be read hides no other`() async throws {
        let meta = Meta([
            (
                200,
                #"{"data":[\#(template("a")),{"name":"broken"}],"paging":{"cursors":{"after":"A 1"},"next":"https://elsewhere.example/"}}"#
            ),
            (200, #"{"data":[],"paging":{"cursors":{"after":"B"},"next":"https://elsewhere.example/"}}"#),
            (200, #"{"data":[\#(template("b"))],"paging":{"cursors":{"after":"C"}}}"#),
        ])
        let reader = GraphReader(http: meta.client, endpoint: .meta)
        let (templates, unreadable) = try await reader.templates(of: "330", credentials: credentials)
        #expect(templates.map(\.name) == ["a", "b"])
        #expect(unreadable == 1)
        let urls = meta.asked.withLock { $0.map(\.url) }
        #expect(urls.count == 3)
        #expect(urls.allSatisfy { $0.hasPrefix("https://graph.facebook.com/v25.0/330/message_templates?fields=id%2Cname%2C") })
        #expect(urls.allSatisfy { $0.contains("&limit=100") })
        #expect(urls.map { $0.contains("&after=A%201") } == [false, true, false])
        #expect(urls[2].contains("&after=B"))
        #expect(meta.asked.withLock { $0.allSatisfy { $0.lane == .management } })
    }

    @Test func `an expired cursor starts the list anew, once`() async throws {
        let first = (200, #"{"data":[\#(template("a"))],"paging":{"cursors":{"after":"A"},"next":"x"}}"#)
        let expired = (400, #"{"error":{"message":"(#131059) Invalid cursor","code":131059}}"#)
        let last = (200, #"{"data":[\#(template("b"))]}"#)
        let once = GraphReader(http: Meta([first, expired, first, last]).client, endpoint: .meta)
        #expect(try await once.templates(of: "330", credentials: credentials).templates.map(\.name) == ["a", "b"])
        let twice = GraphReader(http: Meta([first, expired, first, expired]).client, endpoint: .meta)
        await #expect(throws: GraphFailure.self) { try await twice.templates(of: "330", credentials: credentials) }
    }

    @Test func `a list that never ends is given up`() async throws {
        let meta = Meta((1...200).map { (200, #"{"data":[],"paging":{"cursors":{"after":"\#($0)"},"next":"x"}}"#) })
        let reader = GraphReader(http: meta.client, endpoint: .meta)
        await #expect(throws: GraphFailure.self) { try await reader.templates(of: "330", credentials: credentials) }
        #expect(meta.asked.withLock { $0.count } == 100)
    }

    @Test func `a refusal says which code, what it means and what to do, and keeps Meta's details apart`() async {
        let meta = Meta([(401, #"{"error":{"message":"canary","code":190,"error_subcode":463,"error_data":{"details":"canary details"}}}"#)]
        )
        let reader = GraphReader(http: meta.client, endpoint: .meta)
        do {
            _ = try await reader.phoneNumber("451", credentials: credentials)
            Issue.record("must throw")
        } catch {
            #expect(error.kind == .refused)
            #expect(error.refusal.slug == "token_expired")
            #expect(error.description.contains("190/463"))
            #expect(!error.description.contains("canary"))
            #expect(error.metaDetails == "canary details")
            #expect(!error.isTransient)
        }
    }

    @Test func `a token is described with what it may do, and for which accounts`() async throws {
        let meta = Meta([
            (
                200,
                #"{"data":{"app_id":"670","type":"SYSTEM_USER","application":"Jasper","data_access_expires_at":0,"expires_at":1795341600,"is_valid":true,"issued_at":1,"scopes":["whatsapp_business_management","public_profile","whatsapp_business_messaging"],"granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["330"]},{"scope":"whatsapp_business_messaging"}],"user_id":"1"}}"#
            ), (200, #"{"data":{"error":{"code":190,"message":"canary"},"is_valid":false,"scopes":[]}}"#), (200, #"{"data":[]}"#),
        ])
        let reader = GraphReader(http: meta.client, endpoint: .meta)
        let app = try GraphCredentials.app(id: "670", secret: Secret("s\n"))
        #expect(app.token.revealed == "670|s")
        let token = try await reader.describe(credentials, asking: app)
        #expect(token.isValid && token.type == "SYSTEM_USER" && token.appID == "670" && token.missingScopes.isEmpty)
        #expect(token.expiresAt == Timestamp(milliseconds: 1_795_341_600_000))
        #expect(token.scopesElsewhere(than: "330").isEmpty)
        #expect(token.scopesElsewhere(than: "331") == ["whatsapp_business_management"], "a scope without targets is for all")
        let ended = try await reader.describe(credentials, asking: credentials)
        #expect(!ended.isValid && ended.expiresAt == nil && ended.missingScopes == TokenInfo.needed)
        await #expect(throws: GraphFailure.self) { try await reader.describe(credentials, asking: credentials) }
        #expect(meta.asked.withLock { $0[0].url } == "https://graph.facebook.com/v25.0/debug_token?input_token=t")
        let fingerprint = "e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"
        #expect(credentials.fingerprint == fingerprint, "printf t | sha256sum")
    }

    @Test func `subscriptions are read, and made with a callback that Meta verifies`() async throws {
        let meta = Meta([
            (
                200,
                #"{"data":[{"whatsapp_business_api_data":{"id":"670","name":"Jasper","link":"l"},"override_callback_uri":"https://a.example/"},{"odd":1}]}"#
            ),
            (
                200,
                #"{"data":[{"object":"page","callback_url":"x"},{"object":"whatsapp_business_account","callback_url":"https://b.example/","active":false,"fields":[{"name":"messages","version":"v25.0"}]}]}"#
            ), (200, #"{"success":true}"#), (200, #"{"success":false}"#),
            (400, #"{"error":{"message":"(#2200) Callback verification failed","code":2200,"type":"OAuthException"}}"#),
        ])
        let reader = GraphReader(http: meta.client, endpoint: .meta)
        let apps = try await reader.subscribedApps(of: "330", credentials: credentials)
        #expect(apps == [SubscribedApp(id: "670", name: "Jasper", callback: "https://a.example/")])
        let subscription = try await reader.subscription(of: "670", credentials: credentials)
        #expect(subscription == AppSubscription(callback: "https://b.example/", isActive: false, fields: ["messages"]))
        let subscriber = GraphSubscriber(http: meta.client, endpoint: .meta)
        let callback = GraphSubscriber.Callback(url: "https://a.example/\"", verifyToken: Secret("v"))
        try await subscriber.subscribe(to: "330", callback: callback, credentials: credentials)
        await #expect(throws: GraphFailure.self) { try await subscriber.subscribe(to: "330", callback: nil, credentials: credentials) }
        do {
            try await subscriber.subscribe(to: "330", callback: callback, credentials: credentials)
            Issue.record("must throw")
        } catch {
            #expect(error.refusal.slug == "callback_not_verified" && !error.isTransient)
        }
        let bodies = meta.bodies.withLock { $0.map { String(decoding: $0, as: UTF8.self) } }
        #expect(bodies[2] == #"{"override_callback_uri":"https://a.example/\"","verify_token":"v"}"# && bodies[3] == "{}")
        #expect(meta.asked.withLock { $0[2].url } == "https://graph.facebook.com/v25.0/330/subscribed_apps")
    }

    @Test func `numbers are read with their limits`() async throws {
        let meta = Meta([
            (
                200,
                #"{"data":[{"id":"451","display_phone_number":"+44 20","verified_name":"Harbour","quality_rating":"GREEN","status":"CONNECTED","throughput":{"level":"STANDARD"},"whatsapp_business_manager_messaging_limit":"TIER_10K"},{"id":"452","throughput":{"level":"HIGH"}},{"id":"453","is_on_biz_app":true,"throughput":{"level":"HIGH"}}]}"#
            )
        ])
        let numbers = try await GraphReader(http: meta.client, endpoint: .meta).phoneNumbers(of: "330", credentials: credentials)
        #expect(numbers.map(\.messagesPerSecond) == [80, 1000, 20])
        #expect(
            numbers[0]
                == PhoneNumberInfo(
                    id: "451",
                    displayPhoneNumber: "+44 20",
                    verifiedName: "Harbour",
                    qualityRating: "GREEN",
                    status: "CONNECTED",
                    throughputLevel: "STANDARD",
                    messagingLimit: "TIER_10K"
                )
        )
    }

    @Test func `a send goes to its number's address once, and its answer becomes an outcome`() async throws {
        let meta = Meta([(200, #"{"messages":[{"id":"wamid.X"}]}"#)])
        let sender = GraphSender(http: meta.client, endpoint: .meta)
        let outcome = await sender.send(body: [1], from: "451", credentials: credentials, lane: .campaign)
        #expect(outcome == .accepted(Acceptance(wamid: "wamid.X")))
        #expect(meta.asked.withLock { $0.map(\.url) } == ["https://graph.facebook.com/v25.0/451/messages"])
    }

    @Test func `a whole send over the wire carries token, proof and body`() async throws {
        let peer = try await Peer { _ in .answer(200, #"{"messages":[{"id":"wamid.X","message_status":"accepted"}]}"#) }
        let http = HTTPClient.live()
        defer { http.shutDown() }
        let sender = GraphSender(http: http, endpoint: try GraphEndpoint(base: peer.url))
        let body = MessageBody.text("hi", to: .phone("+447700900456"), callbackData: "w1:s:a")
        let credentials = try GraphCredentials(token: Secret("token-1"), appSecret: Secret("s"), proof: true)
        #expect(
            await sender.send(body: body, from: "451", credentials: credentials, lane: .conversation)
                == .accepted(Acceptance(wamid: "wamid.X", messageStatus: "accepted"))
        )
        #expect(peer.requests.map(\.body) == [String(decoding: body, as: UTF8.self)])
        #expect(peer.requests.first?.token == "Bearer token-1")
        #expect(peer.requests.first?.path == "/v25.0/451/messages?appsecret_proof=\(credentials.proof!)")
        try await peer.close()
    }
}
