import NIOCore
import Synchronization

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
    }

    private let settings: WireSettings
    private let state = Mutex(State())

    init(_ settings: WireSettings) {
        self.settings = settings
    }

    /// Counts the connection when there is room for it. Root has a reserve, and no cap of its own.
    func admit(_ channel: any Channel, uid: UInt32) -> Admission {
        state.withLock { state in
            if state.isStopping { return .stopping }
            let reserve = uid == 0 ? settings.connectionsReservedForRoot : 0
            guard state.channels.count < settings.connections + reserve else { return .full }
            guard uid == 0 || state.byUser[uid, default: 0] < settings.connectionsPerUser else { return .fullForUser }
            state.channels[ObjectIdentifier(channel)] = channel
            state.byUser[uid, default: 0] += 1
            return .admitted
        }
    }

    func leave(_ channel: any Channel, uid: UInt32) {
        state.withLock { state in
            guard state.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
            state.byUser[uid, default: 1] -= 1
            if state.byUser[uid] == 0 { state.byUser[uid] = nil }
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
