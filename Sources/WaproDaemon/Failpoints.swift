// Failpoints, for developers: in a debug build the environment can say where the daemon breaks.
//
//     WAPROD_FAILPOINTS=commit.before.sending=kill@3,rpc.after=delay@1 .build/debug/waprod --config …
//
// Each entry is POINT=ACTION@N: at the N-th time that the point is reached (counted from the start, once), do that. `Failpoint` in
// WaproCore is the list of points. The actions:
//
//     kill    SIGKILL to ourselves: no handler runs, nothing is flushed
//     error   at a commit or checkpoint SQLite's I/O error, whose outcome is unknown; at a network write the connection is lost
//     delay   the thread that got there stands still for longer than an intent lives
//     full    from here on the disk is full, for a while: whatever is committed meanwhile is refused with SQLITE_FULL
//
// What happened is said on stderr. `FailpointStories` walks all of them.

#if DEBUG
    import Glibc
    import Synchronization
    import WaproCore

    /// What the environment asks for, and how far each point has come.
    final class Failpoints: Sendable {
        enum Action: String, Sendable, CaseIterable {
            case kill, error, delay, full
        }

        struct Order: Sendable, Equatable {
            var point: Failpoint
            var action: Action
            /// The how-manieth time, from 1.
            var nth: Int
        }

        private struct State {
            var hits: [Failpoint: Int] = [:]
            var fullUntil: ContinuousClock.Instant?
        }

        static let variable = "WAPROD_FAILPOINTS"
        private static let delay = Duration.milliseconds(400)
        private static let fullFor = Duration.milliseconds(400)

        private let orders: [Order]
        private let state = Mutex(State())

        init(_ orders: [Order]) {
            self.orders = orders
        }

        /// Reads the variable, if it is set.
        static func install() throws(DaemonFailure) {
            guard let text = getenv(variable) else { return }
            let failpoints = Failpoints(try parse(String(cString: text)))
            Failpoint.install { failpoints.reached($0) }
        }

        static func parse(_ text: String) throws(DaemonFailure) -> [Order] {
            var orders: [Order] = []
            for entry in text.split(separator: ",") {
                let parts = entry.split(separator: "=", maxSplits: 1)
                let words = parts.count == 2 ? parts[1].split(separator: "@", maxSplits: 1) : []
                guard let name = parts.first, let point = Failpoint(rawValue: String(name)), words.count == 2,
                    let action = Action(rawValue: String(words[0])), let nth = Int(words[1]), nth > 0
                else { throw .defect("\(variable) has \"\(entry)\", which is not POINT=ACTION@N") }
                orders.append(Order(point: point, action: action, nth: nth))
            }
            return orders
        }

        func reached(_ point: Failpoint) -> Failpoint.Fault? {
            let (action, isFull) = state.withLock { state in
                state.hits[point, default: 0] += 1
                let action = orders.first { $0.point == point && $0.nth == state.hits[point] }?.action
                if action == .full { state.fullUntil = .now + Self.fullFor }
                return (action, state.fullUntil.map { .now < $0 } ?? false)
            }
            if let action { Self.say("failpoint \(point.rawValue)=\(action.rawValue)") }
            switch action {
            case .kill:
                kill(getpid(), SIGKILL)
                while true { pause() }
            case .delay: usleep(UInt32(Self.delay / .microseconds(1)))
            case .error: return .error
            case .full, nil: break
            }
            return isFull && point.writesToDisk ? .full : nil
        }

        private static func say(_ words: String) {
            let line = words + "\n"
            _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        }
    }
#endif
