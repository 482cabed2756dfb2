import NIOCore

/// Keeps what a connection says until somebody serves it.
///
/// NIO's stream of a connection cannot be made where it is accepted: one that nobody takes, because the server closes just then, ends the
/// process (`NIOAsyncWriter`, "Deinited … without calling finish()"). A channel may be left.
final class Doorstep: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var said: [ByteBuffer] = []
    private var hasEnded = false
    private var isAskedForMore = false

    /// Steps aside and hands on what was said; on the channel's loop, with the stream behind it in place.
    static func open<Stream>(_ channel: any Channel, for stream: () throws -> Stream) throws -> Stream {
        guard channel.isActive else { throw ChannelError.ioOnClosedChannel }
        let pipeline = channel.pipeline.syncOperations
        let doorstep = try pipeline.handler(type: Doorstep.self)
        let stream = try stream()
        _ = pipeline.removeHandler(doorstep)
        return stream
    }

    /// One piece is enough to wait with.
    func read(context: ChannelHandlerContext) {
        if said.isEmpty, !hasEnded { context.read() } else { isAskedForMore = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { said.append(unwrapInboundIn(data)) }

    func channelReadComplete(context: ChannelHandlerContext) {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { hasEnded = true } else { context.fireUserInboundEventTriggered(event) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for bytes in said { context.fireChannelRead(wrapInboundOut(bytes)) }
        if !said.isEmpty { context.fireChannelReadComplete() }
        if hasEnded { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        if isAskedForMore { context.read() }
        said = []
    }
}
