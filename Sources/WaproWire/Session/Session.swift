import WaproRPC

/// One connection: lines in, answers out.
///
/// What needs no waiting is answered where it is read, and answers to what came together are written together. Other reads run side by side and
/// may be answered out of order; changes run one after another, in the order of arrival. When the caller has gone, which a failed write tells,
/// nothing more is begun and reads end. A change that has begun runs to its end: its effect is on disk, and the caller learns it by its
/// idempotency key. A caller that only ended its input has not gone.
final class Session: Connection {
    /// Bytes of answers that are written together, about.
    private static let together = 32 << 10
    /// Bytes of a line that takes too long to read on an event loop.
    private static let long = 8 << 10

    private let router: Router
    private let caller: Caller
    private let gate: Gate
    private let write: @Sendable (String) async throws -> Void
    private let calls: Calls
    private let places = Places()
    /// Bounded by the places and by the gate.
    private let asides: AsyncStream<Aside>
    private let aside: AsyncStream<Aside>.Continuation

    /// What is done beside the calls.
    private enum Aside {
        case keep(Kept)
        /// The answer to a change that will not be begun.
        case refuse(Work, Fault)
    }

    /// `write` takes one line without its end, waits for room, and throws when the connection has ended.
    init(router: Router, caller: Caller, settings: WireSettings, write: @escaping @Sendable (String) async throws -> Void) {
        self.router = router
        self.caller = caller
        self.write = write
        gate = Gate(calls: settings.callsInFlight, bytes: settings.outputBytes)
        let (asides, aside) = AsyncStream.makeStream(of: Aside.self)
        (self.asides, self.aside) = (asides, aside)
        calls = Calls { aside.yield(.refuse($0, $1)) }
    }

    /// Answers until the frames end, then finishes what has begun.
    func run<Frames: AsyncSequence & Sendable>(_ frames: Frames) async where Frames.Element == [Frame] {
        // Bounded by the gate: what is in it is in flight.
        let (changes, change) = AsyncStream.makeStream(of: (work: Work, ticket: Calls.Ticket).self)
        await withDiscardingTaskGroup { group in
            group.addTask(executorPreference: globalConcurrentExecutor) { [self] in
                for await (work, ticket) in changes {
                    // One that was answered before its turn still had its place in the queue, which so has an end.
                    if calls.begin(ticket) { await finish(await work.answer(caller, on: self)) } else { gate.leave() }
                }
            }
            group.addTask(executorPreference: globalConcurrentExecutor) { [self] in
                await withDiscardingTaskGroup { group in
                    for await aside in asides {
                        switch aside {
                        case .keep(let kept): group.addTask { [self] in await places.run(kept) }
                        case .refuse(let work, let fault): if let line = work.stopped(by: fault).line { try? await send(line) }
                        }
                    }
                    group.cancelAll()
                }
            }
            do {
                reading: for try await frames in frames {
                    var ready = ""
                    for frame in frames {
                        if calls.isAbandoned { break reading }
                        guard case .line(let line) = frame else {
                            try await flush(&ready)
                            await refuse(frame)
                            break reading
                        }
                        let work = await read(line)
                        if let answer = work.answerAtOnce(caller, on: self) {
                            if !ready.isEmpty, answer.line != nil { ready += "\n" }
                            ready += answer.line ?? ""
                            if ready.utf8.count > Self.together || !answer.kept.isEmpty { try await flush(&ready) }
                            for kept in answer.kept { aside.yield(.keep(kept)) }
                            continue
                        }
                        try await flush(&ready)
                        guard caller.role != nil else {
                            // Somebody who may do nothing holds one line, not as many as there may be calls.
                            if let line = await work.answer(caller, on: self).line { try await send(line) }
                            continue
                        }
                        await gate.enter()
                        let isChange = work.changes
                        let ticket = calls.enter(work, changes: isChange)
                        guard isChange else {
                            group.addTask(executorPreference: globalConcurrentExecutor) { [self] in await run(work, ticket) }
                            continue
                        }
                        if case .terminated = change.yield((work, ticket)) {
                            // Cancelled: nobody works any more on what is not in the queue yet.
                            gate.leave()
                            break reading
                        }
                        if ticket.deadline != nil {
                            group.addTask(executorPreference: globalConcurrentExecutor) { [self] in await calls.watch(ticket) }
                        }
                    }
                    try await flush(&ready)
                }
            } catch {
                // The peer is gone; what has begun ends as if it were there.
            }
            change.finish()
            await gate.drain()
            aside.finish()
        }
    }

    /// A long line, a piece of an import, is not read where everybody's lines are.
    private func read(_ line: [UInt8]) async -> Work {
        guard line.count > Self.long else { return router.read(line) }
        return await withTaskExecutorPreference(globalConcurrentExecutor) { router.read(line) }
    }

    private func flush(_ ready: inout String) async throws(CancellationError) {
        guard !ready.isEmpty else { return }
        try await send(ready)
        ready = ""
    }

    private func run(_ work: Work, _ ticket: Calls.Ticket) async {
        let (answer, unsaid) = await calls.run(work, ticket) { await work.answer(self.caller, on: self) }
        // The caller will not learn its name.
        for kept in unsaid?.kept ?? [] { _ = places.release(kept.name) }
        await finish(answer)
    }

    private func finish(_ answer: Work.Answer) async {
        if let line = answer.line { try? await send(line) }
        for kept in answer.kept { aside.yield(.keep(kept)) }
        gate.leave()
    }

    private func refuse(_ frame: Frame) async {
        let line: String? =
            switch frame {
            case .line: nil
            case .oversized: Self.line(Fault(.messageTooLarge, "The line is longer than allowed.", hint: "Send less at a time."))
            case .stalled: Self.line(Fault(.invalidRequest, "The line was begun and not completed in time."))
            case .http: Self.httpAnswer
            }
        if let line { try? await send(line) }
    }

    /// An answer to nobody in particular.
    static func line(_ fault: Fault) -> String {
        (["jsonrpc": "2.0", "error": fault.json, "id": .null] as JSONValue).compact
    }

    static let httpAnswer =
        "HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
        + "This is the control socket of waprod: it speaks JSON-RPC 2.0, one JSON text a line, not HTTP. Try waproctl --help."
}

extension Session {
    func send(_ line: String) async throws(CancellationError) {
        let size = line.utf8.count + 1
        gate.hold(size)
        defer { gate.wrote(size) }
        do {
            try await write(line)
        } catch {
            // What is ended while it waits for room throws too, and the caller is still there.
            if !Task.isCancelled { abandon() }
            throw CancellationError()
        }
    }

    /// The caller has gone, and takes no answers any more.
    func abandon() { calls.abandon() }

    func reserve(_ stem: String, atMost limit: Int) -> String? { places.reserve(stem, atMost: limit) }

    func release(_ name: String) -> Bool { places.release(name) }

    func cancel(_ id: RequestID) -> Bool { calls.cancel(id) }
}
