import NIOCore
import Synchronization

/// The frames of a connection, as many at a time as have come whole, with a limit on how long a begun line may take while we are reading it.
struct Frames: AsyncSequence, Sendable {
    let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    let channel: any Channel
    let settings: WireSettings

    func makeAsyncIterator() -> Iterator {
        Iterator(
            inbound: inbound.makeAsyncIterator(),
            channel: channel,
            patience: settings.partialLine,
            framer: LineFramer(limit: settings.lineBytes)
        )
    }

    struct Iterator: AsyncIteratorProtocol {
        var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        let channel: any Channel
        let patience: Duration
        var framer: LineFramer
        /// When the unfinished line was begun.
        private var begun: ContinuousClock.Instant?
        private var isOver = false

        init(inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, channel: any Channel, patience: Duration, framer: LineFramer)
        {
            self.inbound = inbound
            self.channel = channel
            self.patience = patience
            self.framer = framer
        }

        mutating func next() async throws -> [Frame]? {
            while true {
                var frames: [Frame] = []
                while let frame = framer.next() { frames.append(frame) }
                if !frames.isEmpty {
                    begun = nil
                    return frames
                }
                if isOver { return nil }
                let (buffer, isLate) = try await read()
                if let buffer {
                    framer.append(buffer.readableBytesView)
                } else {
                    isOver = true
                    if isLate { return [.stalled] }
                    if let frame = framer.finish() { return [frame] }
                }
            }
        }

        /// The next bytes; nil when none will come, because the peer ended or because a begun line took too long.
        private mutating func read() async throws -> (ByteBuffer?, isLate: Bool) {
            guard framer.isPartial else { return (try await inbound.next(), false) }
            let now = ContinuousClock.now
            let start = begun ?? now
            begun = start
            let isLate = Flag()
            let timer = channel.eventLoop.scheduleTask(in: TimeAmount(Swift.max(.zero, patience - (now - start)))) { [channel] in
                isLate.set()
                channel.close(mode: .input, promise: nil)
            }
            defer { timer.cancel() }
            let buffer = try await inbound.next()
            return (buffer, buffer == nil && isLate.isSet)
        }
    }
}

/// Set once, by a timer.
private final class Flag: Sendable {
    private let value = Atomic(false)
    func set() { value.store(true, ordering: .releasing) }
    var isSet: Bool { value.load(ordering: .acquiring) }
}
