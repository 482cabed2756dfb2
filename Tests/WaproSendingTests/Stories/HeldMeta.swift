import Synchronization
import WaproCloud
import WaproStore

/// Meta as an HTTP client that accepts everything: at once, or when it is told to.
final class HeldMeta: Sendable {
    private struct State {
        var holds = false
        var held: [HTTPClient.Completion] = []
        var requests = 0
        var mostAtOnce = 0
    }

    private let state = Mutex(State())
    private let room: Int
    /// Rings with every request.
    let arrivals = Doorbell()

    init(room: Int = 64, holds: Bool = false) {
        self.room = room
        state.withLock { $0.holds = holds }
    }

    var requests: Int { state.withLock { $0.requests } }
    /// The most that were on the wire together.
    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    /// Answers what is held, and from now on everything at once.
    func release() {
        let held = state.withLock { state in
            defer { (state.holds, state.held) = (false, []) }
            return state.held
        }
        for completion in held { answer(completion) }
    }

    func waitFor(requests count: Int) async {
        while true {
            let seen = arrivals.rings
            if requests >= count { return }
            _ = await arrivals.wait(after: seen)
        }
    }

    var client: HTTPClient {
        var client = HTTPClient.unexpected
        client.warm = { _, _ in }
        client.capacity = { [self] lane in lane == .campaign ? state.withLock { room - $0.held.count } : 4 }
        client.counters = { [self] lane in
            var counters = HTTPCounters()
            if lane == .campaign { counters.inFlight = state.withLock { $0.held.count } }
            return counters
        }
        client.perform = { [self] request, completion in
            let (ordinal, isHeld) = state.withLock { state in
                state.requests += 1
                if state.holds { state.held.append(completion) }
                state.mostAtOnce = max(state.mostAtOnce, state.held.count)
                return (state.requests, state.holds)
            }
            if !isHeld { answer(completion) }
            arrivals.ring()
            return HTTPRequestID(lane: request.lane, ordinal: UInt64(ordinal))
        }
        return client
    }

    private func answer(_ completion: HTTPClient.Completion) {
        let body = #"{"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.A"}]}"#
        completion(.response(HTTPResponse(status: 200, body: Array(body.utf8))))
    }
}
