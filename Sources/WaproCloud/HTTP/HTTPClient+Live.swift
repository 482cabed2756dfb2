internal import CCurl
import Synchronization

extension HTTPClient {
    /// libcurl: for each lane a thread, a pool of connections and a bound on what is in flight.
    public static func live(_ settings: HTTPSettings = HTTPSettings()) -> HTTPClient {
        let client = CurlClient(settings)
        return HTTPClient(
            perform: { client.perform($0, completion: $1) },
            cancel: { client.lane($0.lane).cancel($0.ordinal) },
            capacity: { client.lane($0).capacity },
            warm: { client.lane($1).warm($0) },
            counters: { client.lane($0).counters },
            shutDown: { client.shutDown() }
        )
    }
}

/// The lanes of one client.
private final class CurlClient: Sendable {
    private static let libraryIsReady: Void = {
        precondition(curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, "libcurl could not be initialised")
    }()

    private let lanes: [CurlLane]
    private let ordinal = Atomic<UInt64>(0)

    init(_ settings: HTTPSettings) {
        Self.libraryIsReady
        lanes = HTTPLane.allCases.map { CurlLane($0, settings: settings) }
    }

    deinit {
        for lane in lanes { lane.stop() }
    }

    func lane(_ lane: HTTPLane) -> CurlLane { lanes[lane.rawValue] }

    func perform(_ request: HTTPRequest, completion: @escaping HTTPClient.Completion) -> HTTPRequestID {
        let ordinal = ordinal.wrappingAdd(1, ordering: .relaxed).newValue
        lane(request.lane).submit(request, ordinal: ordinal, completion: completion)
        return HTTPRequestID(lane: request.lane, ordinal: ordinal)
    }

    func shutDown() {
        for lane in lanes { lane.stop() }
        for lane in lanes { lane.join() }
    }
}
