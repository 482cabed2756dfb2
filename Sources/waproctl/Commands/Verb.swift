import WaproRPC

/// The command of a method: asks before what is dangerous, calls, prints.
enum Verb<M: Method> {
    static func run(_ parameters: JSONObject, _ globals: Globals) async throws {
        let (call, key) = try call(parameters)
        let isTrial = globals.dryRun && !M.shape.fields.contains { $0.name == "dry_run" }
        if globals.wait {
            try Wait.require(M.name)
            // What is printed is the end of it.
            let watch = try Wait.end(of: call.json, globals)
            if isTrial { return try await tried(M.name, call.json, globals) }
            try Confirmation.require(M.name, call.json, globals)
            _ = try await globals.ask(M.name, call.json, key: key, timeout: Globals.patience)
            return try await watch()
        }
        let printer = try Printer(globals, M.Reply.wireType, columns: Columns.byMethod[M.name])
        if isTrial { return try await tried(M.name, call.json, globals) }
        try Confirmation.require(M.name, call.json, globals)
        let reply = try await globals.ask(M.name, call.json, key: key)
        if M.effect == .reads || !globals.quiet { printer.print(reply) }
    }

    /// The call that the parameters mean. A change gets an idempotency key, its own or a fresh one.
    static func call(_ parameters: JSONObject) throws -> (call: M, key: String?) {
        var parameters = try SecretFiles.read(parameters, M.shape.fields, of: M.name)
        if M.self is any ChangingMethod.Type, parameters["idempotency_key"] == nil {
            parameters["idempotency_key"] = .string(Surroundings.current.key())
        }
        do throws(Mismatch) {
            return (try M.decode(.object(parameters), .strict), parameters["idempotency_key"]?.text)
        } catch {
            throw Ending(error, fields: M.shape.fields)
        }
    }

    /// Asks whether the call is one that the daemon takes from this caller, without making it. What comes of that is told in words, and printed
    /// where a program reads it.
    static func tried(_ method: String, _ parameters: JSONValue, _ globals: Globals) async throws {
        let reply = try await globals.ask(RPCCheck.name, RPCCheck(method: method, params: parameters).json, key: nil)
        if globals.format != .table {
            // The fields that were chosen are those of the call's own result.
            var globals = globals
            globals.fields = nil
            try Printer(globals, RPCCheck.Reply.wireType).print(reply)
        }
        if globals.quiet { return }
        Surroundings.current.complain(
            reply["tried"] == true
                ? "The daemon would do it now. Nothing was done.\n"
                : "The call is well formed and allowed. Whether what it names exists was not looked at. Nothing was done.\n"
        )
    }
}
