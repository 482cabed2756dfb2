import NIOCore
import NIOHTTP1
import NIOPosix

/// One POST to a callback.
struct CallbackCall: Sendable {
    let head: HTTPRequestHead
    let body: ByteBuffer?
    let timeout: TimeAmount
    /// The status and the body, cut after a megabyte.
    let answered: EventLoopPromise<CallbackAnswer>
}

struct CallbackAnswer: Sendable {
    let status: Int
    let body: [UInt8]
}

/// Why a callback gave no answer.
enum CallbackFailure: Error {
    case closed
    case timedOut
}

/// A kept-alive HTTP/1.1 connection to a callback: one call at a time.
struct CallbackConnection: Sendable {
    let channel: any Channel

    static func connect(_ url: CallbackURL, on group: any EventLoopGroup) -> EventLoopFuture<CallbackConnection> {
        ClientBootstrap(group: group)
            .connectTimeout(.seconds(30))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(CallbackHandler())
                }
            }
            .connect(host: url.host, port: url.port)
            .map(CallbackConnection.init)
    }

    func call(
        _ method: HTTPMethod,
        _ url: CallbackURL,
        headers: HTTPHeaders,
        body: ByteBuffer?,
        timeout: TimeAmount
    ) -> EventLoopFuture<CallbackAnswer> {
        let promise = channel.eventLoop.makePromise(of: CallbackAnswer.self)
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: url.target, headers: headers)
        channel.writeAndFlush(CallbackCall(head: head, body: body, timeout: timeout, answered: promise)).cascadeFailure(to: promise)
        return promise.futureResult
    }
}

/// Turns calls into requests and answers into results.
final class CallbackHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = CallbackCall
    typealias OutboundOut = HTTPClientRequestPart

    private var call: CallbackCall?
    private var timer: Scheduled<Void>?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let call = unwrapOutboundIn(data)
        self.call = call
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: call.timeout) {
            call.answered.fail(CallbackFailure.timedOut)
            channel.close(promise: nil)
        }
        context.write(wrapOutboundOut(.head(call.head)), promise: nil)
        if let body = call.body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let part):
            if body.count < 1 << 20 { body.append(contentsOf: part.readableBytesView) }
        case .end:
            guard let head else { return }
            timer?.cancel()
            if !head.isKeepAlive { context.close(promise: nil) }
            let call = self.call
            self.call = nil
            call?.answered.succeed(CallbackAnswer(status: Int(head.status.code), body: body))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        call?.answered.fail(CallbackFailure.closed)
        call = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        timer?.cancel()
        call?.answered.fail(error)
        call = nil
        context.close(promise: nil)
    }
}
