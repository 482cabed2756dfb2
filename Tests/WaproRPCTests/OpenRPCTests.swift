import FoundationEssentials
import Synchronization
import Testing
import WaproRPC

@Suite struct OpenRPCTests {
    /// Beside the test targets, so that it is nobody's source.
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/openrpc.json")

    /// A change of the protocol is visible in the diff of one file. After a change that is meant: `WAPRO_GOLDEN=write swift test`.
    @Test func `the document is the one that was agreed on`() throws {
        let document = Catalogue.wapro.openRPC.indented + "\n"
        if ProcessInfo.processInfo.environment["WAPRO_GOLDEN"] == "write" {
            try Data(document.utf8).write(to: Self.golden)
        }
        let agreed = try Data(contentsOf: Self.golden)
        #expect(Array(agreed) == Array(document.utf8), "run WAPRO_GOLDEN=write swift test --filter OpenRPCTests and look at the diff")
    }

    /// Words of a choice in replies may be added within a version of the protocol, so no reply with another one breaks the schema.
    @Test func `choices are closed in parameters, and open in what the daemon says`() throws {
        /// The schemas in which one of some words is all that may be.
        func closed(_ json: JSONValue?) -> Int {
            switch json {
            case .array(let elements): elements.reduce(0) { $0 + closed($1) }
            case .object(let object):
                if json?["anyOf"]?.elements?.contains(["type": "string"]) == true {
                    0
                } else {
                    (object["enum"] == nil ? 0 : 1) + object.members.reduce(0) { $0 + closed($1.value) }
                }
            default: 0
            }
        }
        let document = Catalogue.wapro.openRPC
        let methods = try #require(document["methods"]?.elements)
        for method in methods { #expect(closed(method["result"]) == 0, "\(method["name"]?.text ?? "")") }
        for said in try #require(document["x-notifications"]?.elements) { #expect(closed(said) == 0, "\(said["name"]?.text ?? "")") }
        #expect(closed(.array(methods.compactMap { $0["params"] })) > 0)
        #expect(methods.contains { $0["result"]?.compact.contains("\"enum\"") == true }, "the known words are named")
    }

    @Test func `it has what OpenRPC demands`() throws {
        let document = Catalogue.wapro.openRPC
        #expect(document["openrpc"]?.text?.hasPrefix("1.") == true)
        #expect(document["info"]?["title"]?.text != nil && document["info"]?["version"]?.text != nil)
        let methods = try #require(document["methods"]?.elements)
        #expect(methods.count == Catalogue.wapro.methods.count)
        for method in methods {
            #expect(method["name"]?.text != nil && method["result"]?["schema"] != nil)
            var sawOptional = false
            for parameter in try #require(method["params"]?.elements) {
                #expect(parameter["name"]?.text != nil && parameter["schema"] != nil)
                // By position, what must be given comes first.
                let isRequired = parameter["required"] == true
                #expect(!(sawOptional && isRequired), "\(method["name"]?.text ?? "") \(parameter["name"]?.text ?? "")")
                sawOptional = sawOptional || !isRequired
            }
        }
    }

    /// It is large: two callers who asked for it thousands of times kept the daemon busy with writing it anew.
    @Test func `a router writes it once`() async throws {
        let router = try Router(Handlers(), catalogue: Catalogue(methods: [RPCDiscover.self], notifications: [Described.self]))
        let ask = #"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#
        #expect(Described.times.load(ordering: .relaxed) == 0, "a start does not pay for it")
        let first = try await router.answer(ask)
        let times = Described.times.load(ordering: .relaxed)
        #expect(try await router.answer(ask) == first && first?["result"]?["openrpc"] != nil)
        #expect(times > 0 && Described.times.load(ordering: .relaxed) == times)
    }

    /// Counts how often it was described.
    private struct Described: Notification {
        static let times = Atomic(0)
        static let shape = Shape<Self>({ Self() })
        static let name = "described"
        static var doc: Doc {
            times.add(1, ordering: .relaxed)
            return Doc("Described.")
        }
    }
}
