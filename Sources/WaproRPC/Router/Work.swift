/// One line that has been read: what it asks for, and how to answer it.
public struct Work: Sendable {
    enum Entry: Sendable {
        /// Nothing will be done, and this is why.
        case refused(RequestID, Fault)
        case request(Request)
    }

    struct Request: Sendable {
        /// Nil: a notification, which is never answered.
        var id: RequestID?
        var method: String
        var route: Route?
        var parameters: JSONValue
        var meta: Meta
    }

    /// What was done: the line to write, if any, and what shall live on afterwards.
    public struct Answer: Sendable {
        /// Without the line's end; nil when nothing is to be answered.
        public let line: String?
        /// To be started after the line has been written.
        public let kept: [Kept]
    }

    let router: Router
    let entries: [Entry]
    let isBatch: Bool

    /// Whether it must wait for earlier changes on its connection, and later ones for it.
    public var changes: Bool {
        entries.contains { entry in
            if case .request(let request) = entry, request.id != nil, let route = request.route {
                route.method.effect != .reads
            } else {
                false
            }
        }
    }

    /// The methods asked for, in order, as the catalogue names them; unknown ones are left out. For logs and metrics.
    public var methods: [any Method.Type] {
        entries.compactMap { entry in
            if case .request(let request) = entry { request.route?.method } else { nil }
        }
    }

    /// The id and the deadline of a line that is one call, by which it can be cancelled; nil for every other.
    public var single: (id: RequestID, timeout: Duration?)? {
        guard !isBatch, case .request(let request) = entries[0], let id = request.id else { return nil }
        return (id, request.meta.timeout)
    }

    /// The answer to a line that is one call and was stopped.
    public func stopped(by fault: Fault) -> Answer {
        Answer(line: single.map { response($0.id, "error", fault.json).compact }, kept: [])
    }

    /// Does what the line asks for; entries of a batch one after the other.
    public func answer(_ caller: Caller, on connection: any Connection) async -> Answer {
        let opened = Opened()
        var responses: [JSONValue] = []
        let mayEnd = isBatch && !changes
        for entry in entries {
            if mayEnd, Task.isCancelled { break }
            if let response = await answer(entry, caller, connection, opened) { responses.append(response) }
        }
        let line: String? =
            if responses.isEmpty { nil } else if isBatch { JSONValue.array(responses).compact } else { responses[0].compact }
        return Answer(line: line, kept: opened.all)
    }

    /// The answer to a line that asks for one thing which needs no waiting; nil for every other.
    public func answerAtOnce(_ caller: Caller, on connection: any Connection) -> Answer? {
        guard !isBatch, case .request(let request) = entries[0], let route = request.route, case .now(let run) = route.run,
            // Whose session it is takes a look into the store; nobody needs one to cancel what this connection asked.
            request.meta.token == nil || route.method == RPCCancel.self,
            request.id != nil || route.method.effect == .reads
        else { return nil }
        let opened = Opened()
        let call = Call(caller: caller, id: request.id, meta: request.meta, connection: connection, opened: opened)
        do throws(Fault) {
            try admit(request, caller)
            let result = try run(request.parameters, call)
            return Answer(line: request.id.map { response($0, "result", result).compact }, kept: opened.all)
        } catch {
            note(error, request, caller)
            return Answer(line: request.id.map { response($0, "error", declared(error, of: route.method).json).compact }, kept: opened.all)
        }
    }

    private func answer(_ entry: Entry, _ caller: Caller, _ connection: any Connection, _ opened: Opened) async -> JSONValue? {
        switch entry {
        case .refused(let id, let fault):
            return response(id, "error", fault.json)
        case .request(let request):
            let (id, route, kernel) = (request.id, request.route, caller)
            // Nobody would learn whether a change was made, so it is not made.
            if id == nil, route?.method.effect != .reads {
                if route != nil { router.onIgnored() }
                return nil
            }
            var caller = caller
            do throws(Fault) {
                caller = try await identified(caller, request.meta)
                try admit(request, caller)
                let call = Call(caller: caller, id: id, meta: request.meta, connection: connection, opened: opened) {
                    await objection(to: request, of: kernel)
                }
                let result: JSONValue? =
                    switch route?.run {
                    case .now(let run): try run(request.parameters, call)
                    case .later(let run): try await run(request.parameters, call)
                    case nil: nil
                    }
                return id.flatMap { id in result.map { response(id, "result", $0) } }
            } catch {
                note(error, request, caller)
                return id.flatMap { response($0, "error", declared(error, of: route?.method).json) }
            }
        }
    }

    /// Who calls, when it calls in a session.
    private func identified(_ caller: Caller, _ meta: Meta) async throws(Fault) -> Caller {
        guard let token = meta.token, caller.role != nil else { return caller }
        return try await router.identify(caller, token)
    }

    /// Why the same call would not be let in now as it was when it came; nil when it would.
    private func objection(to request: Request, of caller: Caller) async -> Fault? {
        do throws(Fault) {
            try admit(request, try await identified(caller, request.meta))
            return nil
        } catch {
            return error
        }
    }

    private func note(_ fault: Fault, _ request: Request, _ caller: Caller) {
        guard [.forbidden, .sessionInvalid].contains(fault.kind) || request.route.map({ $0.method.effect != .reads }) ?? false else {
            return
        }
        router.onRefusal(Router.Refusal(caller: caller, method: request.method, parameters: request.parameters, fault: fault))
    }

    private func admit(_ request: Request, _ caller: Caller) throws(Fault) {
        _ = try Self.admit(request.method, request.route?.method, caller, known: router.routes.keys.sorted())
    }

    /// The method, when there is one and the caller may call it.
    ///
    /// - Parameter known: the names of all methods.
    static func admit(
        _ name: String,
        _ method: (any Method.Type)?,
        _ caller: Caller,
        known: @autoclosure () -> [String]
    ) throws(Fault) -> any Method.Type {
        guard let role = caller.role else {
            throw Fault(
                .forbidden,
                "You (uid \(caller.uid)) may not use this daemon.",
                hint: "Ask an administrator of it to give your user or one of your groups a role."
            )
        }
        guard let method else {
            let meant = Suggestion.nearest(to: name, among: known())
            throw Fault(
                .unknownMethod,
                "There is no method of this name.",
                field: "method",
                hint: meant.map { "Did you mean \($0)?" } ?? "rpc.discover lists the methods."
            )
        }
        guard role >= method.role else {
            throw Fault(
                .forbidden,
                "\(method.name) needs the role \(method.role.rawValue), and yours is \(role.rawValue).",
                hint: caller.session == nil
                    ? "Ask an administrator of the daemon for that role." : "The session, its user or the tool has no more than that."
            )
        }
        guard caller.session?.covers(method.name) ?? true else {
            throw Fault(
                .forbidden,
                "The session was not opened for \(method.name).",
                hint: "It covers \(caller.session?.methods?.joined(separator: ", ") ?? "")."
            )
        }
        return method
    }

    private func declared(_ fault: Fault, of method: (any Method.Type)?) -> Fault {
        guard let method, !fault.kind.isGeneral, !method.faults.contains(fault.kind) else { return fault }
        return Fault(
            .internal,
            "\(method.name) failed with \(fault.kind.slug), which it does not declare: \(fault.words)",
            hint: "This is a defect of the daemon; please report it."
        )
    }

    private func response(_ id: RequestID, _ key: String, _ value: JSONValue) -> JSONValue {
        .object(
            JSONObject([
                JSONObject.Member(key: "jsonrpc", value: "2.0"), JSONObject.Member(key: key, value: value),
                JSONObject.Member(key: "id", value: id.json),
            ])
        )
    }
}
