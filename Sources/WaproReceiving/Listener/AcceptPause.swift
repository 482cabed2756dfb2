import Glibc
import NIOCore

/// Leaves those who wait in the kernel's queue for a while when there are no descriptors or no memory to accept them with.
///
/// NIO stays registered for a socket whose accept failed, so it would try again at once and for ever: 100 % of a core (its own
/// `AcceptBackoffHandler` holds back `read`, which is not asked for again as long as one is pending).
final class AcceptPause: ChannelInboundHandler, Sendable {
    typealias InboundIn = Never

    private static let pause = TimeAmount.milliseconds(500)

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        let channel = context.channel
        channel.setOption(.autoRead, value: false).whenComplete { _ in
            channel.eventLoop.scheduleTask(in: Self.pause) { channel.setOption(.autoRead, value: true).whenComplete { _ in } }
        }
    }
}
