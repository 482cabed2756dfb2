/// One line that has been read: what it asks for, and how to answer it.
public struct Work: Sendable {
    enum Entry: Sendable {
        /// Nothing will be done, and this is why.
        case refused(RequestID, Fault)
        /// No id: a notification, which is never answered.
        case request(RequestID?, method: String, route: Route?, parameters: JSONValue)
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
            if case .request(.some, _, let route?, _) = entry { route.method.effect != .reads } else { false }
        }
    }

    /// The methods asked for, in order, as the catalogue names them; unknown ones are left out. For logs and metrics.
    public var methods: [any Method.Type] {
        entries.compactMap { entry in
            if case .request(_, _, let route?, _) = entry { route.method } else { nil }
        }
    }

    /// Does what the line asks for; entries of a batch one after the other.
    public func answer(_ caller: Caller, on connection: any Connection) async -> Answer {
        let opened = Opened()
        var responses: [JSONValue] = []
        for entry in entries {
            if let response = await answer(entry, caller, connection, opened) { responses.append(response) }
        }
        let line: String? =
            if responses.isEmpty { nil } else if isBatch { JSONValue.array(responses).compact } else { responses[0].compact }
        return Answer(line: line, kept: opened.all)
    }

    /// The answer to a line that asks for one thing which needs no waiting; nil for every other.
    public func answerAtOnce(_ caller: Caller, on connection: any Connection) -> Answer? {
        guard !isBatch, case .request(let id?, let name, let route?, let parameters) = entries[0], case .now(let run) = route.run else {
            return nil
        }
        let opened = Opened()
        let call = Call(caller: caller, id: id, connection: connection, opened: opened)
        do throws(Fault) {
            _ = try admit(name, route, call)
            return Answer(line: response(id, "result", try run(parameters, call)).compact, kept: opened.all)
        } catch {
            return Answer(line: response(id, "error", declared(error, of: route.method).json).compact, kept: opened.all)
        }
    }

    private func answer(_ entry: Entry, _ caller: Caller, _ connection: any Connection, _ opened: Opened) async -> JSONValue? {
        switch entry {
        case .refused(let id, let fault):
            return response(id, "error", fault.json)
        case .request(let id, let name, let route, let parameters):
            // Nobody would learn whether a change was made, so it is not made.
            if id == nil, route.map({ $0.method.effect != .reads }) ?? true { return nil }
            let call = Call(caller: caller, id: id, connection: connection, opened: opened)
            do throws(Fault) {
                let result =
                    switch try admit(name, route, call).run {
                    case .now(let run): try run(parameters, call)
                    case .later(let run): try await run(parameters, call)
                    }
                return id.flatMap { response($0, "result", result) }
            } catch {
                return id.flatMap { response($0, "error", declared(error, of: route?.method).json) }
            }
        }
    }

    /// The route, when there is one and the caller may take it.
    private func admit(_ name: String, _ route: Route?, _ call: Call) throws(Fault) -> Route {
        guard let role = call.caller.role else {
            throw Fault(
                .forbidden,
                "You (uid \(call.caller.uid)) may not use this daemon.",
                hint: "Ask an administrator of it to give your user or one of your groups a role."
            )
        }
        guard let route else {
            let meant = Suggestion.nearest(to: name, among: router.routes.keys.sorted())
            throw Fault(
                .unknownMethod,
                "There is no method of this name.",
                field: "method",
                hint: meant.map { "Did you mean \($0)?" } ?? "rpc.discover lists the methods."
            )
        }
        let method = route.method
        guard role >= method.role else {
            throw Fault(
                .forbidden,
                "\(method.name) needs the role \(method.role.rawValue), and yours is \(role.rawValue).",
                hint: "Ask an administrator of the daemon for that role."
            )
        }
        return route
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
