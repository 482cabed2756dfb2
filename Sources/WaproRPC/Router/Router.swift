import Synchronization
public import WaproCore

/// Answers JSON-RPC lines from the catalogue and the handlers. It knows no transport.
///
/// The order is always: read, look up, role, parameters, handler, result. Handlers see neither JSON nor roles.
public struct Router: Sendable {
    /// The limits of one line's content.
    public var limits: JSONLimits
    /// Entries of one batch at most.
    public var batchLimit: Int
    let routes: [String: Route]

    /// A call that was refused: to somebody who may not make it, or one that would have changed something.
    public struct Refusal: Sendable {
        public let caller: Caller
        public let method: String
        public let parameters: JSONValue
        public let fault: Fault
    }

    /// Says who a caller is that gives the token of a session.
    public var identify: @Sendable (Caller, Secret) async throws(Fault) -> Caller = { _, _ throws(Fault) in
        throw Fault(.sessionInvalid, "Nobody here knows sessions.")
    }

    /// Is told of refusals; must not take long.
    public var onRefusal: @Sendable (Refusal) -> Void = { _ in }

    /// Is told of notifications of methods that change something, which are not executed.
    public var onIgnored: @Sendable () -> Void = {}

    /// Requests of a batch, unless a router says otherwise.
    public static let batchLimit = 100

    /// Refuses to be built with a method that nobody answers, one that two answer, or one that the catalogue does not have.
    /// `rpc.discover`, `rpc.check` and `rpc.cancel` are answered by the router itself.
    public init(
        _ handlers: Handlers,
        catalogue: Catalogue = .wapro,
        limits: JSONLimits = JSONLimits(),
        batchLimit: Int = Router.batchLimit
    ) throws(RouterFlaw) {
        var handlers = handlers
        if catalogue.methods.contains(where: { $0 == RPCDiscover.self }) {
            // Large, and never another one: written for the first who asks.
            let document = Mutex<JSONValue?>(nil)
            handlers.on(RPCDiscover.self) { _, _ throws(Fault) in
                document.withLock { document in
                    let written = document ?? catalogue.openRPC
                    document = written
                    return written
                }
            }
        }
        if catalogue.methods.contains(where: { $0 == RPCCancel.self }) {
            handlers.atOnce(RPCCancel.self) { ask, call throws(Fault) in
                RPCCancel.Reply(cancelled: call.cancel(try ask.request()))
            }
        }
        if catalogue.methods.contains(where: { $0 == RPCCheck.self }) {
            let others = Dictionary(handlers.routes.map { ($0.method.name, $0) }) { first, _ in first }
            handlers.on(RPCCheck.self) { ask, call throws(Fault) in
                let method = try Work.admit(
                    ask.method,
                    catalogue.method(ask.method),
                    call.caller,
                    known: catalogue.methods.map { $0.name }
                )
                let parameters = try Self.parameters(ask.params)
                var isTried = false
                if let route = others[method.name] {
                    isTried = try await route.check(parameters, call)
                } else {
                    _ = try Route.read(RPCCheck.self, parameters)
                }
                return RPCCheck.Reply(method: method.name, role: Open(method.role), effect: Open(method.effect), tried: isTried)
            }
        }
        let known = Set(catalogue.methods.map { $0.name })
        var routes: [String: Route] = [:]
        for route in handlers.routes {
            guard known.contains(route.method.name) else { throw .undeclared(route.method.name) }
            guard routes.updateValue(route, forKey: route.method.name) == nil else { throw .doubled(route.method.name) }
        }
        let missing = known.subtracting(routes.keys)
        guard missing.isEmpty else { throw .missing(missing.sorted()) }
        self.routes = routes
        self.limits = limits
        self.batchLimit = batchLimit
    }

    /// Reads one line; what it asks for runs when the result is answered. Never fails: what cannot be read has an answer too.
    public func read(_ line: [UInt8]) -> Work {
        let json: JSONValue
        do {
            json = try JSONValue.parse(line, limits: limits)
        } catch {
            return Work(router: self, entries: [.refused(.null, Fault(.malformed, "The line is not JSON: \(error)."))], isBatch: false)
        }
        guard case .array(let elements) = json else { return Work(router: self, entries: [entry(json)], isBatch: false) }
        guard !elements.isEmpty, elements.count <= batchLimit else {
            let words = elements.isEmpty ? "A batch must not be empty." : "A batch must not have more than \(batchLimit) entries."
            return Work(router: self, entries: [.refused(.null, Fault(.invalidRequest, words))], isBatch: false)
        }
        return Work(router: self, entries: elements.map { Self.inBatch(entry($0)) }, isBatch: true)
    }

    private func entry(_ json: JSONValue) -> Work.Entry {
        guard case .object(let object) = json else {
            return .refused(.null, Fault(.invalidRequest, "A request must be an object, not \(json.kindInWords)."))
        }
        var id: RequestID?
        if let given = object["id"] {
            guard let read = RequestID(json: given) else {
                return .refused(
                    .null,
                    Fault(.invalidRequest, "id must be a text of at most 128 bytes, a number that 64 bits hold, or null.", field: "id")
                )
            }
            id = read
        }
        func invalid(_ words: String, _ field: String) -> Work.Entry {
            .refused(id ?? .null, Fault(.invalidRequest, words, field: field))
        }
        guard object["jsonrpc"] == "2.0" else { return invalid("jsonrpc must be \"2.0\".", "jsonrpc") }
        guard let name = object["method"]?.text else { return invalid("method must be a text.", "method") }
        let parameters: JSONValue
        do { parameters = try Self.parameters(object["params"]) } catch { return .refused(id ?? .null, error) }
        var meta = Meta()
        if let given = object["meta"] {
            do {
                meta = try Meta(json: given)
            } catch {
                return .refused(id ?? .null, Fault(.invalidRequest, "\(error.inside("meta")).", field: "meta", hint: error.hint))
            }
        }
        return .request(Work.Request(id: id, method: name, route: routes[name], parameters: parameters, meta: meta))
    }

    /// A batch is answered as a whole: its entries have no deadlines of their own.
    private static func inBatch(_ entry: Work.Entry) -> Work.Entry {
        guard case .request(let request) = entry, request.meta.timeout != nil else { return entry }
        return .refused(request.id ?? .null, Fault(.invalidRequest, "meta.timeout_ms cannot be given inside of a batch.", field: "meta"))
    }

    /// What may be the `params` of a request.
    private static func parameters(_ json: JSONValue?) throws(Fault) -> JSONValue {
        switch json {
        case nil: return [:]
        case .array?, .object?: return json ?? [:]
        default: throw Fault(.invalidRequest, "params must be an object or a list.", field: "params")
        }
    }
}

/// Why a router could not be built: always a defect of the program.
public enum RouterFlaw: Error, Sendable, Equatable {
    case missing([String])
    case doubled(String)
    case undeclared(String)
}

extension RouterFlaw: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let names): "no handler answers \(names.joined(separator: ", "))"
        case .doubled(let name): "two handlers answer \(name)"
        case .undeclared(let name): "the catalogue has no \(name)"
        }
    }
}
