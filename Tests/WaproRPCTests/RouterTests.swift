import Synchronization
import Testing
import WaproCore
import WaproRPC

@Suite struct RouterTests {
    /// Every example of https://www.jsonrpc.org/specification §7, with the words and data of errors left out.
    @Test(
        arguments: [
            (#"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#, #"{"jsonrpc": "2.0", "result": 19, "id": 1}"#),
            (#"{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}"#, #"{"jsonrpc": "2.0", "result": -19, "id": 2}"#),
            (
                #"{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}"#,
                #"{"jsonrpc": "2.0", "result": 19, "id": 3}"#
            ),
            (
                #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}"#,
                #"{"jsonrpc": "2.0", "result": 19, "id": 4}"#
            ),
            (#"{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}"#, nil),
            (#"{"jsonrpc": "2.0", "method": "foobar"}"#, nil),
            (#"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#, #"{"jsonrpc": "2.0", "error": -32601, "id": "1"}"#),
            (#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, #"{"jsonrpc": "2.0", "error": -32700, "id": null}"#),
            (#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, #"{"jsonrpc": "2.0", "error": -32600, "id": null}"#),
            (
                #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method"]"#,
                #"{"jsonrpc": "2.0", "error": -32700, "id": null}"#
            ),
            ("[]", #"{"jsonrpc": "2.0", "error": -32600, "id": null}"#),
            ("[1]", #"[{"jsonrpc": "2.0", "error": -32600, "id": null}]"#),
            (
                "[1,2,3]",
                #"[{"jsonrpc": "2.0", "error": -32600, "id": null},{"jsonrpc": "2.0", "error": -32600, "id": null},{"jsonrpc": "2.0", "error": -32600, "id": null}]"#
            ),
            (
                #"[{"jsonrpc": "2.0", "method": "subtract", "params": [7,0], "id": "1"},{"jsonrpc": "2.0", "method": "update", "params": [7]},{"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},{"foo": "boo"},{"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},{"jsonrpc": "2.0", "method": "get_data", "id": "9"}]"#,
                #"[{"jsonrpc": "2.0", "result": 7, "id": "1"},{"jsonrpc": "2.0", "result": 19, "id": "2"},{"jsonrpc": "2.0", "error": -32600, "id": null},{"jsonrpc": "2.0", "error": -32601, "id": "5"},{"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}]"#
            ),
            (#"[{"jsonrpc": "2.0", "method": "update", "params": [1]},{"jsonrpc": "2.0", "method": "subtract", "params": [7,1]}]"#, nil),
        ] as [(String, String?)]
    )
    func `the examples of the specification are answered as it says`(line: String, expected: String?) async throws {
        let answer = try await fixtureRouter().answer(line)
        #expect(try answer.map(Self.plain) == expected.map { try JSONValue.parse($0) })
    }

    /// The answer with each error reduced to its number.
    private static func plain(_ answer: JSONValue) -> JSONValue {
        if let elements = answer.elements { return .array(elements.map(plain)) }
        guard var object = answer.members, let code = object["error"]?["code"] else { return answer }
        object["error"] = code
        return .object(object)
    }

    @Test func `a notification of a changing method is never executed`() async throws {
        let updates = Mutex(0)
        let ignored = Mutex(0)
        var router = try fixtureRouter { _ in updates.withLock { $0 += 1 } }
        router.onIgnored = { ignored.withLock { $0 += 1 } }
        #expect(try await router.answer(#"{"jsonrpc":"2.0","method":"update","params":[1]}"#) == nil)
        #expect(updates.withLock { $0 } == 0 && ignored.withLock { $0 } == 1)
        #expect(try await router.answer(#"{"jsonrpc":"2.0","method":"update","params":[1],"id":null}"#)?["result"] == 1)
        #expect(updates.withLock { $0 } == 1)
    }

    @Test func `the role is checked before the parameters are read`() async throws {
        let router = try fixtureRouter()
        let bad = #"{"jsonrpc":"2.0","method":"update","params":{"nonsense":true},"id":1}"#
        #expect(try await router.answer(bad, as: .viewer)?["error"]?["data"]?["type"] == "forbidden")
        #expect(try await router.answer(bad, as: .admin)?["error"]?["data"]?["type"] == "invalid_parameters")
    }

    @Test func `somebody without a role gets one clear refusal for whatever he asks`() async throws {
        let router = try fixtureRouter()
        for name in ["subtract", "nothing.such"] {
            let error = try await router.answer(#"{"jsonrpc":"2.0","method":"\#(name)","id":1}"#, as: nil)?["error"]
            #expect(error?["code"] == -32004 && error?["message"]?.text?.contains("uid 1000") == true)
        }
    }

    @Test(arguments: [
        (#"{"minuend":1}"#, "subtrahend", "subtrahend is missing."),
        (#"{"minuend":1,"subtrahend":"x"}"#, "subtrahend", "subtrahend must be a whole number, not a text."),
        (#"{"minuend":1,"subtrahend":2,"minuent":3}"#, "minuent", "minuent is not a known parameter."),
    ])
    func `a wrong parameter is named`(parameters: String, field: String, words: String) async throws {
        let error = try await fixtureRouter().answer(#"{"jsonrpc":"2.0","method":"subtract","params":\#(parameters),"id":1}"#)?["error"]
        #expect(error?["code"] == -32602 && error?["data"]?["field"] == .string(field) && error?["message"] == .string(words))
    }

    @Test func `typing errors are answered with what was probably meant`() async throws {
        let router = try fixtureRouter()
        let method = try await router.answer(#"{"jsonrpc":"2.0","method":"substract","id":1}"#)
        #expect(method?["error"]?["data"]?["hint"] == "Did you mean subtract?")
        let parameter = try await router.answer(#"{"jsonrpc":"2.0","method":"subtract","params":{"minuent":1},"id":1}"#)
        #expect(parameter?["error"]?["data"]?["hint"] == "Did you mean minuend?")
    }

    @Test func `a declared fault is passed on, an undeclared one is a defect`() async throws {
        let router = try fixtureRouter()
        #expect(try await router.answer(#"{"jsonrpc":"2.0","method":"update","params":[0],"id":1}"#)?["error"]?["code"] == -32008)
        #expect(try await router.answer(#"{"jsonrpc":"2.0","method":"update","params":[-1],"id":1}"#)?["error"]?["code"] == -32603)
    }

    @Test(arguments: [
        #"{"method":"subtract","id":1}"#, #"{"jsonrpc":"1.0","method":"subtract","id":1}"#,
        #"{"jsonrpc":"2.0","method":"subtract","params":1,"id":1}"#,
        #"{"jsonrpc":"2.0","method":"subtract","params":null,"id":1}"#, #""text""#,
        #"{"jsonrpc":"2.0","method":"subtract","id":true}"#, #"{"jsonrpc":"2.0","method":"subtract","id":[1]}"#,
        #"{"jsonrpc":"2.0","method":"subtract","id":12345678901234567890}"#,
    ])
    func `what is no request is refused`(line: String) async throws {
        #expect(try await fixtureRouter().answer(line)?["error"]?["code"] == -32600)
    }

    @Test(arguments: [("1.5", JSONValue.decimal(1.5)), ("1.0", 1), ("-2e2", -200), ("0.1", .decimal(0.1)), ("\"a\"", "a"), ("null", .null)])
    func `an id comes back as it was given`(id: String, value: JSONValue) async throws {
        let line = #"{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":\#(id)}"#
        let answer = try await fixtureRouter().answer(line)
        #expect(answer?["id"] == value && answer?["result"] == 19)
    }

    @Test func `a batch has a limit`() async throws {
        var router = try fixtureRouter()
        router.batchLimit = 2
        #expect(try await router.answer("[1,2,3]")?["error"]?["code"] == -32600)
    }

    @Test func `a router with a gap, a double or a stranger is not built`() throws {
        var handlers = Handlers()
        handlers.on(Subtract.self) { _, _ throws(Fault) in 0 }
        let catalogue = Catalogue(methods: [Subtract.self, GetData.self])
        #expect(throws: RouterFlaw.missing(["get_data"])) { try Router(handlers, catalogue: catalogue) }
        handlers.on(GetData.self) { _, _ throws(Fault) in .null }
        #expect(throws: Never.self) { try Router(handlers, catalogue: catalogue) }
        #expect(throws: RouterFlaw.undeclared("get_data")) { try Router(handlers, catalogue: Catalogue(methods: [Subtract.self])) }
        handlers.on(Subtract.self) { _, _ throws(Fault) in 1 }
        #expect(throws: RouterFlaw.doubled("subtract")) { try Router(handlers, catalogue: catalogue) }
    }

    @Test func `rpc.discover is answered by the router`() async throws {
        let catalogue = Catalogue(methods: [RPCDiscover.self])
        let answer = try await Router(Handlers(), catalogue: catalogue).answer(#"{"jsonrpc":"2.0","method":"rpc.discover","id":1}"#)
        #expect(answer?["result"] == catalogue.openRPC)
    }

    @Test(
        arguments: [
            (#"{"method":"get_data"}"#, Role.viewer, nil), (#"{"method":"update","params":[1]}"#, .operator, nil),
            (#"{"method":"update","params":[1]}"#, .viewer, "forbidden"), (#"{"method":"updat"}"#, .admin, "unknown_method"),
            (#"{"method":"update","params":{"value":"x"}}"#, .admin, "invalid_parameters"),
        ] as [(String, Role, String?)]
    )
    func `rpc.check says what a call would be answered, and does not make it`(parameters: String, role: Role, slug: String?) async throws {
        let updates = Mutex(0)
        var handlers = Handlers()
        handlers.on(GetData.self) { _, _ throws(Fault) in 1 }
        handlers.on(Update.self) { _, _ throws(Fault) in
            updates.withLock { $0 += 1 }
            return 1
        }
        let router = try Router(handlers, catalogue: Catalogue(methods: [GetData.self, Update.self, RPCCheck.self]))
        let answer = try await router.answer(#"{"jsonrpc":"2.0","method":"rpc.check","params":\#(parameters),"id":1}"#, as: role)
        #expect(answer?["error"]?["data"]?["type"]?.text == slug && (answer?["result"] == nil) == (slug != nil))
        #expect(updates.withLock { $0 } == 0)
    }

    @Test(arguments: [
        #"{"method":"get_data","params":7}"#, #"{"method":"get_data","params":"x"}"#, #"{"method":"get_data","params":true}"#,
    ])
    func `params that are neither an object nor a list are refused to rpc.check as to the call`(parameters: String) async throws {
        var handlers = Handlers()
        handlers.on(GetData.self) { _, _ throws(Fault) in 1 }
        let router = try Router(handlers, catalogue: Catalogue(methods: [GetData.self, RPCCheck.self]))
        let checked = try await router.answer(#"{"jsonrpc":"2.0","method":"rpc.check","params":\#(parameters),"id":1}"#)
        let called = try await router.answer(#"{"jsonrpc":"2.0","id":1,\#(parameters.dropFirst())"#)
        #expect(checked?["error"]?["data"]?["type"] == "invalid_request" && checked == called)
    }

    @Test(arguments: ["1000.0", "1e3", "1000"])
    func `a whole number is one however it is written`(wait: String) async throws {
        let router = try fixtureRouter()
        let line = #"{"jsonrpc":"2.0","method":"subtract","params":[\#(wait),1.0],"id":1,"meta":{"timeout_ms":\#(wait)}}"#
        #expect(try await router.answer(line)?["result"] == 999)
    }

    @Test(arguments: ["1.5", "9007199254740994.0", "1e300", "-9.1e15"])
    func `a fraction, and a decimal that need not be the number that was meant, is none`(number: String) async throws {
        let answer = try await fixtureRouter().answer(#"{"jsonrpc":"2.0","method":"subtract","params":[\#(number),1],"id":1}"#)
        #expect(answer?["error"]?["code"] == -32602)
    }

    @Test(arguments: [
        (#"{"timeout_ms":0}"#, "meta.timeout_ms must be a whole number from 1 to 86400000."),
        (#"{"timeout_ms":"1s"}"#, "meta.timeout_ms must be a whole number from 1 to 86400000."),
        (#"{"progress":1}"#, "meta.progress must be true or false."), (#"{"timeout":5}"#, "meta.timeout is not known."),
        ("[]", "meta must be an object."),
    ])
    func `a wrong meta is refused in words`(meta: String, words: String) async throws {
        let error = try await fixtureRouter().answer(#"{"jsonrpc":"2.0","method":"get_data","id":1,"meta":\#(meta)}"#)?["error"]
        #expect(error?["code"] == -32600 && error?["message"]?.text == words)
    }

    @Test func `refusals are told: of those who may not, and of changes`() async throws {
        let told = Mutex<[String]>([])
        var router = try fixtureRouter()
        router.onRefusal = { refusal in told.withLock { $0.append("\(refusal.method) \(refusal.fault.kind.slug)") } }
        for (line, role) in [
            (#"{"jsonrpc":"2.0","method":"get_data","id":1}"#, nil), (#"{"jsonrpc":"2.0","method":"update","params":[1],"id":1}"#, .viewer),
            (#"{"jsonrpc":"2.0","method":"update","params":[0],"id":1}"#, .admin),
            (#"{"jsonrpc":"2.0","method":"subtract","params":[0],"id":1}"#, .admin),
            (#"{"jsonrpc":"2.0","method":"update","params":[1],"id":1}"#, .admin),
        ] as [(String, Role?)] {
            _ = try await router.answer(line, as: role)
        }
        #expect(told.withLock { $0 } == ["get_data forbidden", "update forbidden", "update conflict"])
    }

    @Test func `only calls that change something are kept in order`() throws {
        let router = try fixtureRouter()
        func changes(_ line: String) -> Bool { router.read(Array(line.utf8)).changes }
        let read = #"{"jsonrpc":"2.0","method":"get_data","id":1}"#
        let change = #"{"jsonrpc":"2.0","method":"update","params":[1],"id":1}"#
        #expect(!changes(read) && changes(change) && changes("[\(read),\(change)]") && !changes("nonsense"))
    }
}
