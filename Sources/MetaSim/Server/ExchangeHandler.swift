import NIOCore
import NIOHTTP1

/// Reads one request whole, HTTP/1.1 or a stream of HTTP/2, and hands it to the platform.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// The largest request body in bytes.
    static let bodyLimit = 1 << 20

    private let platform: Platform
    private let scheme: String
    private let isStream: Bool
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(platform: Platform, scheme: String, isStream: Bool) {
        self.platform = platform
        self.scheme = scheme
        self.isStream = isStream
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ByteBuffer()
            if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
                let go = HTTPResponseHead(version: head.version, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
            }
        case .body(var part):
            guard body.readableBytes + part.readableBytes <= Self.bodyLimit else { return context.close(promise: nil) }
            if body.readableBytes == 0 { body = part } else { body.writeBuffer(&part) }
        case .end:
            guard let head else { return }
            self.head = nil
            let reply = Reply(channel: context.channel, version: head.version, isStream: isStream, keepsAlive: head.isKeepAlive)
            platform.serve(HTTPRequest(head: head, body: body, scheme: scheme), reply)
            body = ByteBuffer()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
