internal import CCurl
import WaproCore

/// The thread of one lane. Nothing in here is shared; a crash here would lose answers, which become *in doubt* at the next boot.
final class LaneLoop {
    private let lane: CurlLane
    private let multi: UnsafeMutableRawPointer
    private let tally = LaneTally()
    /// Connections and requests in flight that the protocol spoken allows.
    private var connections: Int
    private var limit: Int
    /// What was last asked for ahead of need.
    private var warmed: HTTPTarget?
    private var active: [Transfer] = []
    private var idle: [Transfer] = []
    private var finished: [(completion: HTTPClient.Completion, result: HTTPResult)] = []

    init(_ lane: CurlLane, multi: UnsafeMutableRawPointer) {
        self.lane = lane
        self.multi = multi
        let pool = lane.pool
        connections = lane.settings.version == .http2 ? pool.connections : pool.http1Connections
        limit = min(connections, pool.http1Connections)
        wapro_curl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        wapro_curl_multi_set_long(multi, CURLMOPT_MAX_CONCURRENT_STREAMS, pool.streams)
        allow(connections)
    }

    private func allow(_ connections: Int) {
        self.connections = connections
        wapro_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections)
        wapro_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, connections)
    }

    func run() {
        var stopping = false
        while !stopping {
            let inbox = lane.takeInbox()
            for submission in inbox.submitted { start(submission) }
            for ordinal in inbox.cancelled { cancel(ordinal) }
            if let target = inbox.warm { warm(target) }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            #if DEBUG
                loseWhatLeft()
            #endif
            collect()
            if tally.unstarted > 0 { giveBackLate() }
            stopping = inbox.stopping
            if stopping { endAll() }
            deliver()
            // Sooner while something waits for a connection, so that it is given back in time.
            if !stopping { curl_multi_poll(multi, nil, 0, tally.unstarted > 0 ? 20 : active.isEmpty ? 60_000 : 1000, nil) }
        }
        for transfer in idle { transfer.close() }
        lane.end(tally: tally)
    }

    private func start(_ submission: CurlLane.Submission, fresh: Bool = false) {
        let transfer = idle.popLast() ?? Transfer(settings: lane.settings, tally: tally)
        transfer.begin(submission, fresh: fresh)
        transfer.position = active.count
        active.append(transfer)
        tally.requests += 1
        #if DEBUG
            let fault = transfer.isSend ? Failpoint.reached(.sendBefore) : nil
        #endif
        curl_multi_add_handle(multi, transfer.easy)
        #if DEBUG
            if fault == .error { end(transfer, transfer.ended(HTTPFailure(.connectionLost))) }
        #endif
    }

    /// Only connections that are missing are opened; each costs one request without credentials.
    private func warm(_ target: HTTPTarget) {
        warmed = target
        let missing = connections - tally.open
        guard missing > 0 else { return }
        lane.reserve(missing)
        let deadline = ContinuousClock.now.advanced(by: lane.settings.connectTimeout)
        for _ in 0..<missing {
            let request = HTTPRequest(target, lane: .management)
            start(CurlLane.Submission(ordinal: 0, request: request, deadline: deadline, completion: { _ in }), fresh: true)
        }
    }

    private func collect() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let transfer = Transfer.of(message.pointee.easy_handle) else { continue }
            let code = message.pointee.data.result
            tally.opened += transfer.connects
            if code == CURLE_OK { learnVersion(transfer) }
            #if DEBUG
                if code == CURLE_OK, transfer.isSend, Failpoint.reached(.sendAnswered) == .error {
                    end(transfer, transfer.ended(HTTPFailure(.connectionLost)))
                    continue
                }
            #endif
            end(transfer, transfer.result(code))
        }
    }

    /// The server's first answer shows which protocol it speaks; a proxy between may change it later.
    private func learnVersion(_ transfer: Transfer) {
        guard lane.settings.version == .http2 else { return }
        let pool = lane.pool
        let shares = transfer.spokeHTTP2
        limit = shares ? pool.connections * pool.streams : pool.http1Connections
        guard connections != (shares ? pool.connections : pool.http1Connections) else { return }
        allow(shares ? pool.connections : pool.http1Connections)
        if let warmed { warm(warmed) }
    }

    private func cancel(_ ordinal: UInt64) {
        guard let transfer = active.first(where: { $0.ordinal == ordinal }) else { return }
        end(transfer, transfer.ended(HTTPFailure(.cancelled)))
    }

    private func giveBackLate() {
        let now = ContinuousClock.now
        for transfer in active.reversed() where transfer.starts == 0 && transfer.deadline < now {
            end(transfer, transfer.ended(HTTPFailure(.tooLate)))
        }
    }

    private func endAll() {
        for transfer in active.reversed() {
            end(transfer, transfer.ended(HTTPFailure(.closed)))
        }
    }

    private func end(_ transfer: Transfer, _ result: HTTPResult) {
        curl_multi_remove_handle(multi, transfer.easy)
        if transfer.starts == 0 { tally.unstarted -= 1 }
        let last = active.removeLast()
        if last !== transfer {
            active[transfer.position] = last
            last.position = transfer.position
        }
        finished.append((transfer.rest(), result))
        idle.append(transfer)
    }

    private func deliver() {
        lane.publish(finished: finished.count, tally: tally, limit: limit)
        guard !finished.isEmpty else { return }
        let batch = finished
        finished.removeAll(keepingCapacity: true)
        for (completion, result) in batch { completion(result) }
    }
}

#if DEBUG
    extension LaneLoop {
        /// The failpoint after the last byte of a send left: what libcurl took is on the wire once it has been driven.
        private func loseWhatLeft() {
            for transfer in active.reversed() where transfer.noticesLeaving() {
                if Failpoint.reached(.sendLeft) == .error { end(transfer, transfer.ended(HTTPFailure(.connectionLost))) }
            }
        }
    }
#endif
