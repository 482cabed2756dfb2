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

    /// Registers the handler of `M`. It is called only with parameters that have been read whole, by a caller whose role suffices.
    public mutating func on<M: Method>(_ method: M.Type, _ handle: @escaping @Sendable (M, Call) async throws(Fault) -> M.Reply) {
        routes.append(
            Route(method: M.self) { (json: JSONValue, call: Call) async throws(Fault) -> JSONValue in
                let ask = try Route.decode(M.self, json)
                return try await handle(ask, call).json
            }
        )
    }
}

/// A method with its handler, without the types.
struct Route: Sendable {
    let method: any Method.Type
    /// Parameters in, result out.
    let run: @Sendable (JSONValue, Call) async throws(Fault) -> JSONValue

    init(method: any Method.Type, run: @escaping @Sendable (JSONValue, Call) async throws(Fault) -> JSONValue) {
        self.method = method
        self.run = run
    }

    /// Parameters by name, or by position in declared order.
    static func decode<M: Method>(_ method: M.Type, _ json: JSONValue) throws(Fault) -> M {
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
