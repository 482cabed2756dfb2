import Testing
import WaproCore
import WaproReceiving
import WaproStore

@Suite(.timeLimit(.minutes(5)))
struct ListenerTests {
    let store: Store

    init() throws {
        store = try Store(.memory)
    }

    @Test func `the handshake repeats the challenge raw when the token is right`() async throws {
        try await withListener(store) { _, port in
            let peer = try await Peer(port: port)
            let answer = try await peer.ask(get("/webhook/shop?hub.mode=subscribe&hub.challenge=115%2D84&hub.verify_token=open+sesame"))
            #expect(answer.status == 200)
            #expect(answer.body == "115-84")
        }
    }

    @Test(arguments: [
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=open%20sesamE", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
        "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=open%20sesame", "hub.mode=subscribe&hub.verify_token=open%20sesame",
        "hub.mode=subscribe&hub.challenge=%GG&hub.verify_token=open%20sesame", "",
    ])
    func `any other handshake is refused`(query: String) async throws {
        try await withListener(store) { _, port in
            let peer = try await Peer(port: port)
            #expect(try await peer.ask(get("/webhook/shop?" + query)).status == 403)
        }
    }

    @Test(arguments: ["current", "previous"])
    func `a webhook signed with the current or the previous secret is kept and answered 200`(secret: String) async throws {
        try await withListener(store) { listener, port in
            let peer = try await Peer(port: port)
            #expect(try await peer.ask(post("{\"a\":1}", secret: secret)).status == 200)
            #expect(try await store.read { try $0.waitingJournal(after: nil, limit: 9) }.map(\.body) == [Array("{\"a\":1}".utf8)])
            #expect(listener.count(of: .kept) == 1)
        }
    }

    @Test func `an app that comes while the listener runs is served at once, also on a connection that stands`() async throws {
        try await withListener(store) { listener, port in
            let peer = try await Peer(port: port)
            let body = "{\"a\":1}"
            #expect(try await peer.ask(post(body, to: "/webhook/hotel", secret: "fresh")).status == 404)
            let again = try await Peer(port: port)
            #expect(try await again.ask(post(body)).status == 200)
            let hotel = Listener.App(name: "hotel", secrets: [Secret("fresh")], verifyToken: Secret("hello"))
            listener.serve([shop, hotel])
            #expect(try await again.ask(post(body, to: "/webhook/hotel", secret: "fresh")).status == 200)
            #expect(try await again.ask(get("/webhook/hotel?hub.mode=subscribe&hub.challenge=7&hub.verify_token=hello")).body == "7")
            listener.serve([hotel])
            #expect(try await Peer(port: port).ask(post(body)).status == 404)
        }
    }

    @Test func `a webhook whose signature is missing, wrong, or given twice is refused and not kept`() async throws {
        try await withListener(store) { listener, port in
            let body = "{}"
            let right = signature(of: body, secret: "current")
            let head = "POST /webhook/shop HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n"
            for headers in [
                "", "x-hub-signature-256: \(signature(of: body, secret: "other"))\r\n", "x-hub-signature-256: \(right.uppercased())\r\n",
                "x-hub-signature-256: \(right)\r\nx-hub-signature-256: \(right)\r\n", "x-hub-signature-256: \(right)00\r\n",
            ] {
                let peer = try await Peer(port: port)
                #expect(try await peer.ask(head + headers + "\r\n" + body).status == 401)
            }
            #expect(listener.count(of: .unsigned) == 5)
            #expect(try await store.journal().waiting == 0)
        }
    }

    @Test func `the signature is over the bytes as they came`() async throws {
        try await withListener(store) { _, port in
            let peer = try await Peer(port: port)
            #expect(try await peer.ask(post(#"{ "name" : "\u00e7\/" }"#)).status == 200)
        }
    }

    @Test func `other paths and methods are refused, each with its own answer`() async throws {
        try await withListener(store) { _, port in
            for (request, status) in [
                (get("/"), 404), (get("/webhook/"), 404), (get("/webhook/shop/"), 404), (get("/webhook/other"), 404),
                (post("{}", to: "/webhook/other"), 404),
                ("DELETE /webhook/shop HTTP/1.1\r\nhost: a\r\n\r\n", 405), ("nonsense\r\n\r\n", 400),
                ("GET /webhook/shop HTTP/1.1\r\nx: \(String(repeating: "a", count: 9000))\r\n\r\n", 431),
            ] {
                let peer = try await Peer(port: port)
                #expect(try await peer.ask(request).status == status, "\(request.prefix(40))")
            }
        }
    }

    @Test func `an oversized body is refused before it is read`() async throws {
        var limits = Listener.Limits.patient
        limits.bodyBytes = 100
        try await withListener(store, limits: limits) { _, port in
            let announced = try await Peer(port: port)
            let signed = "x-hub-signature-256: \(signature(of: "", secret: "current"))\r\n"
            let refused = try await announced.ask("POST /webhook/shop HTTP/1.1\r\nhost: a\r\ncontent-length: 101\r\n\(signed)\r\n")
            #expect(refused.status == 413)
            #expect(refused.headers["connection"] == "close")

            let chunked = try await Peer(port: port)
            try await chunked.send("POST /webhook/shop HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\(signed)\r\n")
            try await chunked.send("64\r\n\(String(repeating: "x", count: 100))\r\n1\r\nx\r\n")
            #expect(try await chunked.response().status == 413)

            let fitting = try await Peer(port: port)
            #expect(try await fitting.ask(post(String(repeating: "x", count: 100))).status == 200)
        }
    }

    @Test func `a header or a body that comes too slowly is answered 408, silence is closed`() async throws {
        var limits = Listener.Limits.patient
        (limits.header, limits.body) = (.milliseconds(200), .milliseconds(200))
        try await withListener(store, limits: limits) { _, port in
            let slowHeader = try await Peer(port: port)
            #expect(try await slowHeader.ask("POST /webhook/shop HTT").status == 408)
            let slowBody = try await Peer(port: port)
            #expect(try await slowBody.ask(String(post("{\"a\":1}").dropLast())).status == 408)
        }
        limits.idle = .milliseconds(200)
        try await withListener(store, limits: limits) { _, port in
            let silent = try await Peer(port: port)
            try await silent.closed()
            #expect(silent.pending == 0)
        }
    }

    @Test func `one connection carries many requests, also when they come in one piece`() async throws {
        try await withListener(store) { _, port in
            let peer = try await Peer(port: port)
            try await peer.send((0..<50).map { post("{\"n\":\($0)}") }.joined())
            for _ in 0..<50 { #expect(try await peer.response().status == 200) }
            let bodies = try await store.read { try $0.waitingJournal(after: nil, limit: 99) }.map {
                String(decoding: $0.body, as: UTF8.self)
            }
            #expect(bodies == (0..<50).map { "{\"n\":\($0)}" })
        }
    }

    @Test func `a sender that asks first is invited to go on`() async throws {
        try await withListener(store) { _, port in
            let peer = try await Peer(port: port)
            let request = post("{}", headers: "expect: 100-continue\r\n")
            try await peer.send(String(request.dropLast(2)))
            #expect(try await peer.response().status == 100)
            try await peer.send("{}")
            #expect(try await peer.response().status == 200)
        }
    }
}
