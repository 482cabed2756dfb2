import WaproRPC

/// `waproctl rpc METHOD key=value…`: any call, without what the verbs add.
struct RawCall: ByHand {
    let method: String
    let parameters: [String]

    static let noun = "rpc"
    static let canTry = true
    static let name = "rpc call"
    static let doc = Doc(
        "Call any method, and print its result as JSON.",
        details: """
            The word call may be left out.
            key=value gives a parameter by its declaration, key:=value one that is JSON:
              waproctl rpc campaign.list limit=10
              waproctl rpc campaign.list 'limit:=10'
            A secret is in a file that is named instead, or comes from standard input (-).
            """
    )
    static let shape = Shape(
        Self.init,
        Field("method", \.method, "The method's name."),
        Field("parameters", \.parameters, "Parameters, as key=value or key:=JSON.")
    )

    func run(_ globals: Globals) async throws {
        let known = Catalogue.wapro.method(method)
        let fields = known.map { Self.fields($0) } ?? []
        var object = JSONObject()
        for word in parameters {
            let parts = Words.pair(word)
            guard parts.count == 2, !parts[0].isEmpty else { throw Ending(Ending.usage, "\(word) is neither key=value nor key:=JSON.") }
            if parts[0].hasSuffix(":") {
                if fields.contains(where: { "\($0.name):" == parts[0] && $0.type.isSecret }) {
                    throw Ending(
                        Ending.usage,
                        "\(parts[0].dropLast()) is a secret.",
                        hint: "Write \(parts[0].dropLast())=FILE, or =- for standard input."
                    )
                }
                object[String(parts[0].dropLast())] = try Words.value(parts[1], .json, parts[0])
            } else {
                let type = fields.first { $0.name == parts[0] }?.type ?? .text(nil)
                object[parts[0]] = try Words.value(parts[1], type, parts[0])
            }
        }
        object = try SecretFiles.read(object, fields, of: method)
        // Of a method that this version does not know, nobody can say that it may be repeated.
        let isRead = known.map { $0.effect == .reads } ?? false
        if !isRead, known != nil, object["idempotency_key"]?.text == nil { object["idempotency_key"] = .string(Surroundings.current.key()) }
        let key = object["idempotency_key"]?.text
        if globals.dryRun, fields.contains(where: { $0.name == "dry_run" }) {
            object["dry_run"] = true
        } else if globals.dryRun {
            return try await Verb<RPCCheck>.tried(method, .object(object), globals)
        }
        var globals = globals
        if globals.output == nil { globals.output = .json }
        let printer = try Printer(globals, known.map { Self.reply($0) } ?? .json)
        let reply = try await globals.ask(method, .object(object), key: key, mayRepeat: isRead || key != nil)
        // What a method is for that this version does not know, only its result says.
        if isRead || known == nil || !globals.quiet { printer.print(reply) }
    }

    private static func reply<M: Method>(_ method: M.Type) -> WireType { M.Reply.wireType }

    private static func fields<M: Method>(_ method: M.Type) -> [FieldInfo] { M.shape.fields }
}
