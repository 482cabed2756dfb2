import NIOCore
import Synchronization
import WaproRPC

/// Who is connected: the caps on connections, and the way to end them all.
final class Census: Sendable {
    enum Admission: Sendable, Equatable {
        case admitted
        case full
        case fullForUser
        case stopping
    }

    private struct State {
        var byUser: [UInt32: Int] = [:]
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isStopping = false
        var warnedAt: ContinuousClock.Instant?
    }

    /// The kernel has nobody with this number.
    private static let strangers = UInt32.max
    private static let warningPause = Duration.seconds(60)

    private let settings: WireSettings
    private let state = Mutex(State())

    init(_ settings: WireSettings) {
        self.settings = settings
    }

    /// Counts the connection when there is room for it. Administrators have a reserve, and no cap of their own.
    /// Whoever may do nothing shares a few places with all others of the kind, under whatever user ids they come.
    func admit(_ channel: any Channel, uid: UInt32, role: Role?) -> Admission {
        state.withLock { state in
            if state.isStopping { return .stopping }
            let isAdministrator = role == .admin
            let reserve = isAdministrator ? settings.connectionsReserved : 0
            let uid = role == nil ? Self.strangers : uid
            guard state.channels.count < settings.connections + reserve else { return .full }
            guard isAdministrator || state.byUser[uid, default: 0] < settings.connectionsPerUser else { return .fullForUser }
            state.channels[ObjectIdentifier(channel)] = channel
            state.byUser[uid, default: 0] += 1
            return .admitted
        }
    }

    func leave(_ channel: any Channel, uid: UInt32, role: Role?) {
        state.withLock { state in
            let uid = role == nil ? Self.strangers : uid
            guard state.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
            state.byUser[uid, default: 1] -= 1
            if state.byUser[uid] == 0 { state.byUser[uid] = nil }
        }
    }

    /// Whether a refusal is worth a warning: once a minute, so that nobody can fill the log.
    func isNews(at now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { state in
            if let last = state.warnedAt, last.duration(to: now) < Self.warningPause { return false }
            state.warnedAt = now
            return true
        }
    }

    /// Admits nobody any more and reads nothing any more; what has been read is still answered, as long as `drain` lasts.
    func stop() {
        let channels = state.withLock { state in
            state.isStopping = true
            return Array(state.channels.values)
        }
        for channel in channels {
            channel.close(mode: .input, promise: nil)
            channel.eventLoop.scheduleTask(in: TimeAmount(settings.drain)) { channel.close(promise: nil) }
        }
    }
}
