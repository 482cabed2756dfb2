import Synchronization
public import WaproCore
public import WaproRPC

/// What stands beside the calls of a connection.
public struct ClientOptions: Sendable {
    /// The token of the session in which all of its calls are made.
    public var token: Secret?
    /// Is told how far a call is; nil: nobody asks.
    public var onProgress: (@Sendable (ProgressNotification) -> Void)?

    public init(token: Secret? = nil, onProgress: (@Sendable (ProgressNotification) -> Void)? = nil) {
        (self.token, self.onProgress) = (token, onProgress)
    }
}

/// The client's end of a connection: numbers requests, matches answers, queues notifications. Many calls may be under way.
///
/// Whoever subscribes must keep reading notifications: when 256 wait, nothing more is read, answers neither.
public final class LineClient: Transport {
    private typealias Result = Swift.Result<JSONValue, CallFailure>

    /// A request whose answer nobody has taken yet.
    private enum Slot {
        case asked
        case awaited(CheckedContinuation<Result, Never>)
        case answered(Result)
    }

    private struct State {
        var lastID: Int64 = 0
        var slots: [Int64: Slot] = [:]
        /// Why the connection is over.
        var end: CallFailure?
    }

    private let state = Mutex(State())
    private let notifications = Mailbox<Incoming>(limit: 256)
    private let options: ClientOptions
    private let write: @Sendable (String) async throws -> Void

    /// `write` takes one line without its end and waits for room.
    init(_ options: ClientOptions, write: @escaping @Sendable (String) async throws -> Void) {
        self.options = options
        self.write = write
    }

    public func call(_ method: String, parameters: JSONValue, timeout: Duration?) async throws(CallFailure) -> JSONValue {
        let (id, end) = state.withLock { state in
            state.lastID += 1
            if state.end == nil { state.slots[state.lastID] = .asked }
            return (state.lastID, state.end)
        }
        if let end { throw end }
        var request: JSONObject = ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": parameters]
        request["meta"] = Meta(timeout: timeout, wantsProgress: options.onProgress != nil, token: options.token).json
        do {
            try await write(JSONValue.object(request).compact)
        } catch {
            // The daemon may have said why before it closed: whoever reads comes upon that, or upon the end.
        }
        return try await answer(to: id).get()
    }

    public func nextNotification() async -> Incoming? {
        await notifications.next()
    }

    private func answer(to id: Int64) async -> Result {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Result? in
                    switch state.slots.removeValue(forKey: id) {
                    case .answered(let result): return result
                    case .asked, .awaited, nil:
                        state.slots[id] = .awaited(continuation)
                        return nil
                    }
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            settle(id, .failure(.lost("The call was cancelled before its answer came.")))
        }
    }

    /// The first answer counts; one to an unknown id is ignored.
    private func settle(_ id: Int64, _ result: Result) {
        let waiter = state.withLock { state -> CheckedContinuation<Result, Never>? in
            switch state.slots[id] {
            case .asked: state.slots[id] = .answered(result)
            case .awaited(let continuation):
                state.slots[id] = nil
                return continuation
            case .answered, nil: break
            }
            return nil
        }
        waiter?.resume(returning: result)
    }
}

extension LineClient {
    /// Takes a line from the daemon; waits when too many notifications are unread.
    func receive(_ line: [UInt8]) async {
        guard let json = try? JSONValue.parse(line, limits: JSONLimits(depth: 64, nodes: 1_000_000)) else {
            return end(malformed: "The daemon sent something that is not JSON.")
        }
        if let onProgress = options.onProgress, json["method"]?.text == ProgressNotification.name {
            if let parameters = json["params"], let progress = try? ProgressNotification.decode(parameters, .tolerant) {
                onProgress(progress)
            }
        } else if let method = json["method"]?.text {
            try? await notifications.send(Incoming(name: method, parameters: json["params"] ?? [:]))
        } else if case .integer(let id) = json["id"] {
            if let result = json["result"] {
                settle(id, .success(result))
            } else if let error = json["error"], let fault = Fault(json: error) {
                settle(id, .failure(.fault(fault)))
            } else {
                settle(id, .failure(.malformed("The daemon's answer is neither a result nor an error.")))
            }
        } else if let error = json["error"], let fault = Fault(json: error) {
            // Addressed to nobody: the daemon does not want this connection.
            end(fault)
        } else {
            end(malformed: "The daemon sent something that is neither an answer nor a notification.")
        }
    }

    /// The connection is over: whoever waits learns it.
    func end(_ words: String) {
        end(.lost(words), later: .unreachable(words, reason: .ended))
    }

    /// What the daemon sends makes no sense, so what follows would not either.
    func end(malformed words: String) {
        end(.malformed(words), later: .malformed(words))
    }

    private func end(_ fault: Fault) {
        end(.fault(fault), later: .fault(fault))
    }

    /// - Parameter later: what a call gets that is made afterwards.
    private func end(_ failure: CallFailure, later: CallFailure) {
        let open = state.withLock { state in
            if state.end == nil { state.end = later }
            return Array(state.slots.keys)
        }
        for id in open { settle(id, .failure(failure)) }
        notifications.finish()
    }
}
