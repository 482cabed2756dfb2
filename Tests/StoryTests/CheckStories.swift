import Testing
import WaproRPC

/// A call that cannot be right is refused by `rpc.check` as by the call itself, in the same words.
@Suite(.serialized) struct CheckStories {
    /// Wrong whatever the store knows: methods and parameters.
    private static let wrong = [
        ("message.send", #"{"number":"offers","to":"+4915112345678"}"#),
        ("message.send", #"{"number":"offers","to":"+4915112345678","text":"a","template":"b"}"#),
        ("message.send", #"{"number":"offers","to":"+4915112345678","text":"a","language":"en"}"#),
        ("message.send", #"{"number":"offers","to":"+4915112345678","text":"a","parameters":{"1":"x"}}"#),
        ("message.send", #"{"number":"offers","to":"+4915112345678","text":"\#(String(repeating: "😀", count: 2049))"}"#),
        ("message.send", #"{"number":"offers","to":"+4915112345678","template":"b","reply_to":"msg_0000000000001"}"#),
        ("campaign.create", #"{"name":"a","number":"offers","template":"t"}"#),
        ("campaign.create", #"{"name":"a","number":"offers","template":"t","list":"l","everyone":true}"#),
        (
            "campaign.create",
            #"{"name":"a","number":"offers","template":"t","list":"l","start_at":"2099-01-02T00:00:00Z","expires_at":"2099-01-01T00:00:00Z"}"#
        ),
        ("campaign.adjust", #"{"campaign":"spring"}"#),
        ("session.end", "{}"), ("session.end", #"{"session":"ses_0000000000001","user":"ada"}"#),
        ("session.login", #"{"name":"ada","password":"correct horse","methods":["nix"]}"#),
        ("session.login", #"{"name":"ada","password":"correct horse","methods":[]}"#),
        ("session.password", #"{"password":"correct horse","new":"abc"}"#),
        ("event.subscribe", #"{"from":"banana"}"#), ("event.subscribe", #"{"from":"-1"}"#),
        ("user.add", #"{"name":"UPPER","role":"agent","password":"correct horse"}"#),
        ("user.add", #"{"name":"ada","role":"agent","password":"abc"}"#), ("user.set", #"{"user":"ada","password":"abc"}"#),
        ("audit.verify", #"{"hash":"\#(String(repeating: "z", count: 64))"}"#),
        ("contact.import", #"{"default_region":"zz"}"#), ("contact.import", #"{"list":"for +4915112345678"}"#),
        ("campaign.create", #"{"name":"4915112345678","number":"offers","template":"autumn_offer","everyone":true}"#),
        ("system.hold", #"{"number":"offers","account":"goods"}"#), ("system.release", #"{"number":"offers","account":"goods"}"#),
        ("account.subscribe", #"{"account":"goods","callback_url":"http://a.example/"}"#),
        ("account.subscribe", #"{"account":"goods","callback_url":"https://a.example/","reset_callback":true}"#),
        ("account.add", #"{"name":"A B","waba_id":"330918274650112","portfolio":"group","app":"main","token":"EAA"}"#),
        ("account.add", #"{"name":"a","waba_id":"x","portfolio":"group","app":"main","token":"EAA"}"#),
        ("account.add", #"{"name":"a","waba_id":"330918274650112","portfolio":"group","app":"main","token":"E A"}"#),
        ("account.add", #"{"name":"a","waba_id":"330918274650112","portfolio":"group","app":"main","token":"EAA","numbers":[]}"#),
        ("account.token", #"{"account":"goods","token":"E A"}"#),
        ("rpc.cancel", #"{"id":null}"#), ("rpc.cancel", #"{"id":{}}"#), ("rpc.cancel", #"{"id":true}"#),
    ]

    /// What can be nobody's address.
    private static let nobodys = [
        ("message.send", #"{"number":"offers","to":"banana","text":"a"}"#), ("message.list", #"{"contact":"banana"}"#),
        ("contact.show", #"{"contact":"banana"}"#), ("campaign.why", #"{"campaign":"spring","recipient":"banana"}"#),
    ]

    /// What is no call at all.
    private static let shapeless = [("system.ping", "7"), ("system.ping", #""x""#), ("campaign.show", "true")]

    /// A place that no page has, in every list there is.
    private static let misplaced = Catalogue.wapro.methods.compactMap { method -> (String, String)? in
        guard method is any PagedMethod.Type, case .object(var parameters) = example(method) else { return nil }
        parameters["after"] = "banana"
        return (method.name, JSONValue.object(parameters).compact)
    }

    private static func example<M: WaproRPC.Method>(_ method: M.Type) -> JSONValue { M.example.json }

    @Test(.timeLimit(.minutes(10)))
    func `what no call can be is refused to rpc.check as to the call`() async throws {
        #expect(Self.misplaced.count > 8)
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            defer { daemon.kill() }
            try await offPool {
                let plug = try #require(Plug.unix(stage.socket))
                let answer = { (method: String, params: JSONValue) in try Self.answer(plug, method, params) }
                let groups = [
                    (Self.wrong + Self.misplaced, "invalid_parameters"), (Self.nobodys, "bad_address"), (Self.shapeless, "invalid_request"),
                ]
                for (calls, slug) in groups {
                    for (method, text) in calls {
                        let params = try JSONValue.parse(text)
                        let called = try answer(method, params)
                        let checked = try answer("rpc.check", ["method": .string(method), "params": params])
                        #expect(called["error"]?["data"]?["type"]?.text == slug, "\(method) \(text): \(called.compact)")
                        #expect(checked == called, "\(method) \(text): \(checked.compact)")
                    }
                }
                // And what may be right is not refused, unless the call is.
                for method in Catalogue.wapro.methods {
                    let checked = try answer("rpc.check", ["method": .string(method.name), "params": Self.example(method)])
                    guard checked["result"] == nil else { continue }
                    let called = try answer(method.name, Self.example(method))
                    #expect(checked == called, "\(method.name): \(checked.compact)")
                }
            }
            #expect(try await daemon.stop() == 0)
        }
    }

    private static func answer(_ plug: Plug, _ method: String, _ params: JSONValue) throws -> JSONValue {
        let request: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
        return try JSONValue.parse(try plug.line(for: request.compact))
    }

    private static let spring = #""number":"offers","template":"autumn_offer","language":"en_GB","everyone":true"#
    private static let parameters = #""parameters":{"1":"{{first_name|there}}","2":"20%"}"#

    /// Calls in the order in which they are tried, and what they are refused with as the store stands; nil: they would be done.
    private static let tries: [(method: String, parameters: String, slug: String?)] = [
        ("campaign.create", #"{"name":"autumn",\#(spring),\#(parameters)}"#, nil),
        ("campaign.create", #"{"name":"spring",\#(spring),\#(parameters)}"#, "conflict"),
        ("campaign.create", #"{"name":"autumn",\#(spring)}"#, "parameters_mismatch"),
        ("campaign.start", #"{"campaign":"autumn"}"#, "not_found"), ("campaign.start", #"{"campaign":"spring"}"#, nil),
        ("campaign.start", #"{"campaign":"spring","at":"2099-01-01T08:00:00Z"}"#, nil), ("campaign.start", #"{"campaign":"spring"}"#, nil),
        ("campaign.pause", #"{"campaign":"spring"}"#, "campaign_state"), ("campaign.resume", #"{"campaign":"spring"}"#, "campaign_state"),
        ("campaign.adjust", #"{"campaign":"spring","rate":10}"#, nil), ("campaign.cancel", #"{"campaign":"spring"}"#, nil),
        ("campaign.resolve", #"{"campaign":"autumn","verdict":"sent"}"#, "not_found"),
        ("message.send", #"{"number":"offers","to":"+4915110000000","text":"Hello."}"#, "window_closed"),
        ("message.send", #"{"number":"offers","to":"+49.151.2000.0000","text":"Hello."}"#, "window_closed"),
        ("message.send", #"{"number":"offers","to":"DE.1510000","text":"Hello."}"#, "bad_address"),
        ("message.send", #"{"number":"offers","to":"+4915110000000","template":"autumn_offer","language":"en_GB",\#(parameters)}"#, nil),
        ("message.resolve", #"{"message":"msg_0000000000001","verdict":"sent"}"#, "not_found"),
        ("system.hold", "{}", nil), ("system.release", "{}", "conflict"), ("user.remove", #"{"user":"ada"}"#, "not_found"),
        ("session.end", #"{"user":"ada"}"#, "not_found"),
    ]

    @Test(.timeLimit(.minutes(5)))
    func `a change is tried as the store stands, and leaves nothing`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            defer { daemon.kill() }
            try await stage.prepareCampaign("spring", people: 2)
            try await offPool {
                let plug = try #require(Plug.unix(stage.socket))
                func look() throws -> [JSONValue] {
                    // What was refused is written down a little later.
                    let done = try Self.answer(plug, "audit.list", [:])["result"]?["items"]?.elements?.filter { $0["outcome"] == "done" }
                    return try ["campaign.list", "message.list", "contact.list"].map { try Self.answer(plug, $0, [:]) } + [
                        .array(done ?? [])
                    ]
                }
                for (method, text, slug) in Self.tries {
                    let before = try look()
                    let params = try JSONValue.parse(text)
                    let checked = try Self.answer(plug, "rpc.check", ["method": .string(method), "params": params])
                    #expect(try look() == before, "\(method) \(text)")
                    #expect(checked["error"]?["data"]?["type"]?.text == slug, "\(method) \(text): \(checked.compact)")
                    if slug == nil {
                        #expect(checked["result"]?["tried"] == true)
                    } else {
                        #expect(try Self.answer(plug, method, params) == checked)
                    }
                }
                // What is held stays so, and a key that was used for something else is of no use.
                #expect(try Self.answer(plug, "system.hold", ["idempotency_key": "a"])["result"] != nil)
                func check(_ method: String, _ params: JSONValue) throws -> JSONValue {
                    try Self.answer(plug, "rpc.check", ["method": .string(method), "params": params])
                }
                #expect(try check("system.release", [:])["result"]?["tried"] == true)
                #expect(try check("system.hold", [:])["error"]?["data"]?["type"] == "conflict")
                #expect(try check("system.hold", ["idempotency_key": "a"])["result"]?["tried"] == true)
                let used = try check("system.hold", ["number": "offers", "idempotency_key": "a"])
                #expect(used["error"]?["data"]?["type"] == "idempotency_conflict")
            }
            #expect(try await daemon.stop() == 0)
        }
    }
}
