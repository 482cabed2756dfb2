import WaproRPC

/// The command of a method: asks before what is dangerous, calls, prints.
enum Verb<M: Method> {
    static func run(_ parameters: JSONObject, _ globals: Globals) async throws {
        let (call, key) = try call(parameters)
        let printer = try Printer(globals, M.Reply.wireType, columns: Columns.byMethod[M.name])
        if globals.wait { try Wait.require(M.name) }
        if globals.dryRun, !M.shape.fields.contains(where: { $0.name == "dry_run" }) {
            return try await check(call, globals)
        }
        try Confirmation.require(M.name, call.json, globals)
        let reply = try await globals.ask(M.name, call.json, key: key)
        if M.effect == .reads || !globals.quiet { printer.print(reply) }
        if globals.wait { try await Wait.follow(M.name, call.json, globals) }
    }

    /// The call that the parameters mean. A change gets an idempotency key, its own or a fresh one.
    static func call(_ parameters: JSONObject) throws(Ending) -> (call: M, key: String?) {
        var parameters = parameters
        if M.self is any ChangingMethod.Type, parameters["idempotency_key"] == nil {
            parameters["idempotency_key"] = .string(Surroundings.current.key())
        }
        do {
            return (try M.decode(.object(parameters), .strict), parameters["idempotency_key"]?.text)
        } catch {
            throw Ending(error)
        }
    }

    /// What the daemon would say to the call, which is not made.
    private static func check(_ call: M, _ globals: Globals) async throws {
        _ = try await globals.ask(RPCCheck.name, RPCCheck(method: M.name, params: call.json).json, key: nil)
        Surroundings.current.complain("The daemon would take it; nothing was done.\n")
    }
}
