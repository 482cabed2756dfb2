import Synchronization
import WaproRPC
import WaproWire

extension Globals {
    /// How long an answer may take, unless somebody says otherwise.
    static let patience = Duration.seconds(30)
    /// How much longer than the daemon we wait: its own word is better than our guess.
    private static let grace = Duration.seconds(1)
    /// The longest that the protocol lets a caller say.
    private static let longest = Duration.seconds(86_400)
    /// Before a call is repeated whose connection broke; the daemon may be starting anew.
    private static let pauses: [Duration] = [.milliseconds(200), .seconds(1), .seconds(3)]

    var path: String {
        let outside = Surroundings.current
        return socket ?? outside.variable("WAPRO_SOCKET").flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultSocket
    }

    /// Runs `body` with a client of the daemon.
    func connect(_ body: @escaping @Sendable (Client<LineClient>) async throws -> Void) async throws {
        do {
            try await reach(body)
        } catch let failure as CallFailure {
            throw Ending(failure)
        }
    }

    /// As `answer`, with a failure made into words and an exit status.
    func ask(
        _ method: String,
        _ parameters: JSONValue,
        key: String?,
        mayRepeat: Bool = true,
        timeout: Duration? = nil
    ) async throws -> JSONValue {
        do {
            return try await answer(method, parameters, mayRepeat: mayRepeat, timeout: timeout)
        } catch let failure as CallFailure {
            throw Ending(failure, key: key)
        }
    }

    /// One call, on a connection of its own. When the connection breaks it is made again: what reads may be, and a change has its key,
    /// under which it happens once. The reply is what the method declares.
    ///
    /// - Parameters:
    ///   - mayRepeat: whether it may be made again.
    ///   - timeout: how long the daemon may take; else `--timeout`.
    func answer(_ method: String, _ parameters: JSONValue, mayRepeat: Bool = true, timeout: Duration? = nil) async throws -> JSONValue {
        let outside = Surroundings.current
        let begun = ContinuousClock.now
        var lost: String?
        let limit = timeout ?? self.timeout?.duration ?? Self.patience
        for pause in (mayRepeat ? Self.pauses.map(Optional.some) : []) + [nil] {
            do {
                let reply = try await once(method, parameters, limit, grace: Self.grace)
                sayAnswered(method, since: begun)
                if let known = Catalogue.wapro.method(method) { try Self.check(reply, of: known) }
                return reply
            } catch let failure as CallFailure {
                switch failure {
                case .lost(let words), .unreachable(let words, reason: .ended): lost = words
                // After a break it may be away for a moment, or busy; what became of the first try it has not said.
                case .unreachable where lost != nil: break
                case .fault(let fault) where lost != nil && fault.retryable: break
                default: throw failure
                }
            }
            guard let pause else { break }
            if verbose { outside.complain("\(method): \(lost ?? "") Trying again.\n") }
            try await outside.pause(pause)
        }
        throw CallFailure.lost(lost ?? "")
    }

    /// What does not fit would be printed as if nothing were there. What a newer daemon says besides is let through.
    private static func check<M: Method>(_ reply: JSONValue, of method: M.Type) throws(CallFailure) {
        do throws(Mismatch) {
            _ = try M.Reply.decode(reply, .tolerant)
        } catch {
            throw .malformed("The daemon's answer to \(M.name) is not what this version expects: \(error).")
        }
    }

    /// One call, which is not made again.
    ///
    /// - Parameter grace: how much longer than the daemon we wait.
    func once(_ method: String, _ parameters: JSONValue, _ limit: Duration, grace: Duration = .zero) async throws -> JSONValue {
        let reply = Mutex<JSONValue?>(nil)
        // Whoever logs in does so outside of the session that it has, which may have ended.
        try await reach(inSession: method != SessionLogin.name) { client in
            let value = try await Self.within(limit + grace) {
                try await client.transport.call(method, parameters: parameters, timeout: min(limit, Self.longest))
            }
            reply.withLock { $0 = value }
        }
        guard let reply = reply.withLock({ $0 }) else {
            throw CallFailure.lost("The connection to the daemon ended before the answer came.")
        }
        return reply
    }

    /// One call on a connection that is there, which is not made again. It may take as long as `--timeout` says.
    func call<M: Method>(_ method: M, on client: Client<LineClient>) async throws -> M.Reply {
        let begun = ContinuousClock.now
        let limit = timeout?.duration ?? Self.patience
        let reply = try await Self.within(limit + Self.grace) { try await client(method, timeout: min(limit, Self.longest)) }
        sayAnswered(M.name, since: begun)
        return reply
    }

    private func sayAnswered(_ method: String, since begun: ContinuousClock.Instant) {
        guard verbose else { return }
        Surroundings.current.complain("\(method): answered after \(Human.milliseconds(begun.duration(to: .now)))\n")
    }

    /// As `connect`, with failures as they come.
    func reach(inSession: Bool = true, _ body: @escaping @Sendable (Client<LineClient>) async throws -> Void) async throws {
        let outside = Surroundings.current
        var options = ClientOptions()
        if inSession, let file = sessionFile ?? outside.variable("WAPRO_SESSION"), !file.isEmpty {
            guard file != "-" else { throw Ending(Ending.usage, "--session-file names a file.") }
            options.token = try SecretFiles.secret("session", file, takesInput: false)
        }
        if let line = outside.progress { options.onProgress = { line.show($0) } }
        try await outside.connect(path, options, body)
    }

    private static func within<Value: Sendable>(
        _ limit: Duration,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else { throw CallFailure.late("No answer came in time.") }
            return value
        }
    }
}
