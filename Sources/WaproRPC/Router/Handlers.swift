/// What answers each method, as it is registered.
///
/// ```swift
/// var handlers = Handlers()
/// handlers.on(CampaignShow.self) { ask, call throws(Fault) in try await campaigns.show(ask.campaign) }
/// let router = try Router(handlers)
/// ```
public struct Handlers: Sendable {
    var routes: [Route] = []

    public init() {}

    /// Registers the handler of `M`. It is called only with parameters that have been read whole and are right, by a caller whose role suffices.
    public mutating func on<M: Method>(_ method: M.Type, _ handle: @escaping @Sendable (M, Call) async throws(Fault) -> M.Reply) {
        on(M.self, trying: nil, handle)
    }

    /// The same for a method with rules that need what the contract does not know: `check` is called where `Method.validate` is.
    ///
    /// - Parameter attempt: refuses the call as `handle` would now, and changes nothing; for `rpc.check`. Nil: nobody can say without making it.
    public mutating func on<M: Method>(
        _ method: M.Type,
        checking check: @escaping @Sendable (M) throws(Fault) -> Void = { (_: M) throws(Fault) in },
        trying attempt: (@Sendable (M, Call) async throws(Fault) -> Void)? = nil,
        _ handle: @escaping @Sendable (M, Call) async throws(Fault) -> M.Reply
    ) {
        let read = { @Sendable (json: JSONValue) throws(Fault) -> M in
            let ask = try Route.read(M.self, json)
            try check(ask)
            return ask
        }
        routes.append(
            Route(
                method: M.self,
                check: { (json: JSONValue, call: Call) async throws(Fault) -> Bool in
                    let ask = try read(json)
                    guard let attempt else { return false }
                    try await attempt(ask, call)
                    return true
                },
                run: .later { (json: JSONValue, call: Call) async throws(Fault) -> JSONValue in
                    let ask = try read(json)
                    return try await handle(ask, call).json
                }
            )
        )
    }

    /// Registers the handler of `M` that waits for nothing: it is called where the line was read, so it must take no longer than that did.
    public mutating func atOnce<M: Method>(_ method: M.Type, _ handle: @escaping @Sendable (M, Call) throws(Fault) -> M.Reply) {
        routes.append(
            Route(
                method: M.self,
                check: { (json: JSONValue, _: Call) async throws(Fault) -> Bool in
                    _ = try Route.read(M.self, json)
                    return false
                },
                run: .now { (json: JSONValue, call: Call) throws(Fault) -> JSONValue in
                    let ask = try Route.read(M.self, json)
                    return try handle(ask, call).json
                }
            )
        )
    }
}

/// A method with its handler, without the types.
struct Route: Sendable {
    /// Parameters in, result out.
    enum Run: Sendable {
        case now(@Sendable (JSONValue, Call) throws(Fault) -> JSONValue)
        case later(@Sendable (JSONValue, Call) async throws(Fault) -> JSONValue)
    }

    let method: any Method.Type
    /// Refuses parameters as `run` would before its handler is called, and what its handler would refuse if that can be tried. Whether it was.
    let check: @Sendable (JSONValue, Call) async throws(Fault) -> Bool
    let run: Run

    /// Parameters that are right by themselves.
    static func read<M: Method>(_ method: M.Type, _ json: JSONValue) throws(Fault) -> M {
        let ask = try decode(M.self, json)
        try ask.validate()
        return ask
    }

    /// Parameters by name, or by position in declared order.
    private static func decode<M: Method>(_ method: M.Type, _ json: JSONValue) throws(Fault) -> M {
        var named = json
        if case .array(let values) = json {
            let fields = M.shape.fields
            guard values.count <= fields.count else {
                throw Fault(.invalidParameters, "\(M.name) takes at most \(fields.count) parameters, and \(values.count) were given.")
            }
            named = .object(JSONObject(zip(fields, values).map { JSONObject.Member(key: $0.name, value: $1) }))
        }
        do {
            return try M.decode(named, .strict)
        } catch {
            let field = error.path.isEmpty ? nil : error.path.joined(separator: ".")
            let words = field == nil ? "The parameters \(error.words)." : "\(field!) \(error.words)."
            throw Fault(.invalidParameters, words, field: field, hint: error.hint)
        }
    }
}
