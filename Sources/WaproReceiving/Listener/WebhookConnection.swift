import Logging
import NIOCore
import NIOHTTP1
import WaproCloud
import WaproCore

/// One connection: carries out what `Exchange` decides.
///
/// It answers without an HTTP encoder, since all its answers are known bytes, and stops reading while a body waits for its commit, so
/// that a sender cannot run ahead of the disk.
final class WebhookConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private let service: WebhookService
    private var exchange: Exchange
    private let alarm = Alarm()
    /// Parts of a further request that came while one waits for its commit; not more than one read brought.
    private var queue = CircularBuffer<HTTPServerRequestPart>()
    private var isResuming = false
    private var owesRead = false
    /// The bytes being read now completed a part of a request; if they did not, they are the beginning of a header.
    private var sawPart = false
    private var seenPhase = 0
    /// Bytes of the current body that are taken from the intake.
    private var held = 0

    init(_ service: WebhookService) {
        self.service = service
        exchange = Exchange(limits: service.limits, apps: service.apps)
    }

    func channelActive(context: ChannelHandlerContext) {
        wind(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm.stop()
        queue.removeAll()
        release()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        let part = unwrapInboundIn(data)
        if exchange.isBusy || isResuming { queue.append(part) } else { handle(part, context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !sawPart { happen(.bytes, context) }
        sawPart = false
    }

    func read(context: ChannelHandlerContext) {
        if exchange.isBusy { owesRead = true } else { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
        happen(.malformed(isTooLarge: error == .headerOverflow), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { happen(.retire, context) } else { context.fireUserInboundEventTriggered(event) }
    }

    private func handle(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head): happen(.head(RequestHead(head)), context)
        case .body(let bytes) where exchange.wantsBody:
            guard service.intake.take(bytes.readableBytes) else { return happen(.crowded, context) }
            held += bytes.readableBytes
            happen(.body(bytes), context)
        case .body: break
        case .end: happen(.end, context)
        }
    }

    private func happen(_ event: Exchange.Event, _ context: ChannelHandlerContext) {
        perform(exchange.on(event), context)
        wind(context)
    }

    private func perform(_ action: Exchange.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: break
        case .invite: context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        case .judge(let body, let app, let signature): judge(body, app, signature, context)
        case .answer(let answer, let body, let ending):
            release()
            service.note(answer)
            #if DEBUG
                if answer == .kept, Failpoint.reached(.webhookBefore) == .error { return context.close(promise: nil) }
            #endif
            context.writeAndFlush(wrapOutboundOut(answer.bytes(closing: ending != .keepOpen, body: body)), promise: nil)
            #if DEBUG
                if answer == .kept, Failpoint.reached(.webhookAfter) == .error { return context.close(promise: nil) }
            #endif
            switch ending {
            case .keepOpen: resume(context)
            case .close: context.close(promise: nil)
            case .drain: context.close(mode: .output, promise: nil)
            }
        case .close: context.close(promise: nil)
        }
    }

    private func judge(_ body: ByteBuffer, _ app: String, _ signature: String, _ context: ChannelHandlerContext) {
        let bytes = Array(body.readableBytesView)
        guard service.isSigned(bytes, by: app, signature) else {
            return perform(exchange.refuseSignature(), context)
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        service.journal.keep(bytes, app: app) { isKept in
            bound.eventLoop.execute {
                let (connection, context) = bound.value
                if context.channel.isActive { connection.happen(.journaled(isKept: isKept), context) }
            }
        }
    }

    /// The answer is out: what had come meanwhile is next.
    private func resume(_ context: ChannelHandlerContext) {
        guard !isResuming else { return }
        isResuming = true
        while !exchange.isBusy, let part = queue.popFirst() { handle(part, context) }
        isResuming = false
        guard owesRead, !exchange.isBusy else { return }
        owesRead = false
        context.read()
    }

    private func release() {
        service.intake.release(held)
        held = 0
    }

    private func wind(_ context: ChannelHandlerContext) {
        guard context.channel.isActive, exchange.phase != seenPhase || !alarm.isWound else { return }
        seenPhase = exchange.phase
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        alarm.wind(.now() + TimeAmount(exchange.patience), on: context.eventLoop) {
            let (connection, context) = bound.value
            connection.happen(.late, context)
        }
    }
}
