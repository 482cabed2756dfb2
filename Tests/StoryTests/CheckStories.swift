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
                func answer(_ method: String, _ params: JSONValue) throws -> JSONValue {
                    let request: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
                    return try JSONValue.parse(try plug.line(for: request.compact))
                }
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
                // And what may be right is not refused.
                for method in Catalogue.wapro.methods {
                    let checked = try answer("rpc.check", ["method": .string(method.name), "params": Self.example(method)])
                    #expect(checked["result"] != nil, "\(method.name): \(checked.compact)")
                }
            }
            #expect(try await daemon.stop() == 0)
        }
    }
}
