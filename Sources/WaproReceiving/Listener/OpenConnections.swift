import NIOCore
import Synchronization

/// The connections that are open, and who waits until there are fewer.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var starved: [@Sendable () -> Void] = []
        var isRetiring = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// False when no more are accepted.
    func add(_ channel: any Channel) -> Bool {
        let isAdded = state.withLock { state in
            guard !state.isRetiring else { return false }
            state.channels[ObjectIdentifier(channel)] = channel
            return true
        }
        if isAdded { channel.closeFuture.whenComplete { [self] _ in remove(channel) } }
        return isAdded
    }

    private func remove(_ channel: any Channel) {
        let starved = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            defer { state.starved = [] }
            return state.starved
        }
        for resume in starved { resume() }
    }

    /// Whether one more may be accepted; if not, `resume` is called once when one was closed.
    func hasRoom(orElse resume: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            if state.channels.count < limit { return true }
            state.starved.append(resume)
            return false
        }
    }

    /// Lets requests that are under way end, closes the rest, and returns when all are closed: within `grace`, as far as it is ours.
    func retire(within grace: TimeAmount, on loop: any EventLoop) async {
        let channels = state.withLock { state in
            state.isRetiring = true
            return Array(state.channels.values)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        let force = loop.scheduleTask(in: grace) {
            for channel in channels { channel.close(promise: nil) }
        }
        try? await EventLoopFuture.andAllComplete(channels.map(\.closeFuture), on: loop).get()
        force.cancel()
    }
}

/// Accepts no more connections than may be open: the others wait in the kernel's queue.
final class AcceptGate: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = Never

    private let open: OpenConnections

    init(_ open: OpenConnections) {
        self.open = open
    }

    func read(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let hasRoom = open.hasRoom { bound.eventLoop.execute { bound.value.read() } }
        if hasRoom { context.read() }
    }
}
