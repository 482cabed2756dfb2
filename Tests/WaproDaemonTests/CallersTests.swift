import Testing
import WaproRPC
import WaproWire

@testable import WaproDaemon

/// Who may do what.
struct CallersTests {
    private let callers = Callers(
        [
            .init(role: .viewer, subject: .user(1000)), .init(role: .operator, subject: .user(1001)),
            .init(role: .agent, subject: .user(1001)),
            .init(role: .agent, subject: .group(50)), .init(role: .viewer, subject: .group(51)),
        ],
        own: 999,
        groupNamed: { ["waprod-admin": 70, "waprod-operator": 71][$0] }
    )

    @Test(
        arguments: [
            (0, 5, [], .admin), (999, 5, [], .admin), (1000, 5, [], .viewer), (1001, 5, [], .operator), (1002, 5, [], nil),
            (1002, 50, [], .agent), (1002, 5, [51, 50], .agent), (1000, 5, [50], .agent), (1001, 5, [51], .operator),
            (1002, 5, [70], .admin),
            (1002, 71, [], .operator), (4_294_967_294, 4_294_967_294, [], nil),
        ] as [(UInt32, UInt32, [UInt32], Role?)]
    )
    func `the highest of the caller's roles counts, and nobody has one by default`(uid: UInt32, gid: UInt32, groups: [UInt32], role: Role?)
    {
        #expect(callers.role(of: PeerCredentials(pid: 1, uid: uid, gid: gid, groups: groups)) == role)
    }

    /// Nothing is left to chance: for each method the roles that may call it are exactly those from its own upward.
    @Test func `each method is refused to every role below its own`() async throws {
        for method in Catalogue.wapro.methods {
            for role in [nil] + Role.allCases.map(Optional.some) {
                let mayCall = role.map { $0 >= method.role } ?? false
                #expect(try await isAdmitted(method, role) == mayCall, "\(method.name) as \(role?.slug ?? "nobody")")
            }
        }
    }

    private func isAdmitted(_ method: any WaproRPC.Method.Type, _ role: Role?) async throws -> Bool {
        func router<M: WaproRPC.Method>(_ method: M.Type) throws -> Router {
            var handlers = Handlers()
            // The router answers some by itself.
            if ![RPCDiscover.name, RPCCheck.name, RPCCancel.name].contains(M.name) {
                handlers.on(M.self) { _, _ throws(Fault) in throw Fault(.cancelled, "It was called.") }
            }
            return try Router(handlers, catalogue: Catalogue(methods: [M.self]))
        }
        func example<M: WaproRPC.Method>(_ method: M.Type) -> JSONValue {
            // Whoever may check may check itself.
            M.self == RPCCheck.self ? ["method": .string(M.name), "params": ["method": "rpc.check"]] : M.example.json
        }
        let line: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method.name), "params": example(method)]
        let caller = Caller(uid: 1000, gid: 1000, groups: [], role: role)
        let answer = await (try router(method)).read(Array(line.compact.utf8)).answer(caller, on: Silent())
        let said = try JSONValue.parse(try #require(answer.line))
        let slug = said["error"]?["data"]?["type"]?.text
        #expect(slug == "forbidden" || slug == "cancelled" || said["result"] != nil, "\(said.compact)")
        return slug != "forbidden"
    }

    private final class Silent: Connection {
        func send(_ line: String) async throws(CancellationError) {}
        func release(_ name: String) -> Bool { false }
        func cancel(_ id: RequestID) -> Bool { false }
        func reserve(_ stem: String, atMost limit: Int) -> String? { nil }
    }
}
