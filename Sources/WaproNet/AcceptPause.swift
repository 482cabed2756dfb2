public import NIOCore

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Leaves those who wait in the kernel's queue for a while when there are no descriptors or no memory to accept them with.
///
/// NIO stays registered for a socket whose accept failed, so it would try again at once and for ever: 100 % of a core (its own
/// `AcceptBackoffHandler` holds back `read`, which is not asked for again as long as one is pending).
public final class AcceptPause: ChannelInboundHandler, Sendable {
    public typealias InboundIn = any Channel
    public typealias InboundOut = any Channel

    public init() {}

    private static let pause = TimeAmount.milliseconds(500)

    /// The last few descriptors are not for connections: the runtime opens files of its own, and ends the process when it cannot
    /// (libdispatch reads how busy its threads are).
    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard Descriptors.areScarce else { return context.fireChannelRead(data) }
        unwrapInboundIn(data).close(promise: nil)
        pause(context)
    }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        pause(context)
    }

    private func pause(_ context: ChannelHandlerContext) {
        let channel = context.channel
        channel.setOption(.autoRead, value: false).whenComplete { _ in
            channel.eventLoop.scheduleTask(in: Self.pause) { channel.setOption(.autoRead, value: true).whenComplete { _ in } }
        }
    }
}
