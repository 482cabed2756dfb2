import NIOCore

/// As much of HTTP/2 (RFC 9113) as a test needs: bodies are gathered, header blocks are told apart by the method alone.
final class FrameHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Frame {
        static let data: UInt8 = 0, headers: UInt8 = 1, reset: UInt8 = 3, settings: UInt8 = 4, ping: UInt8 = 6, windowUpdate: UInt8 = 8
        static let endStream: UInt8 = 1, acknowledgement: UInt8 = 1, endHeaders: UInt8 = 4, priority: UInt8 = 0x20
    }

    private let peer: Peer
    private var buffer = ByteBuffer()
    private var sawPreface = false
    private var open: [UInt32: (method: String, body: String)] = [:]

    init(_ peer: Peer) { self.peer = peer }

    func channelActive(context: ChannelHandlerContext) {
        // SETTINGS_MAX_CONCURRENT_STREAMS = 100
        write(Frame.settings, 0, 0, [0, 3, 0, 0, 0, 100], context)
        context.flush()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        buffer.writeBuffer(&part)
        if !sawPreface {
            guard buffer.readableBytes >= 24 else { return }
            buffer.moveReaderIndex(forwardBy: 24)
            sawPreface = true
        }
        while let head = buffer.getBytes(at: buffer.readerIndex, length: 9) {
            let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
            guard buffer.readableBytes >= 9 + length else { break }
            buffer.moveReaderIndex(forwardBy: 9)
            let payload = buffer.readBytes(length: length)!
            let stream = head[5...8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
            frame(head[3], head[4], stream, payload, context)
        }
        buffer.discardReadBytes()
        context.flush()
    }

    private func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8], _ context: ChannelHandlerContext) {
        switch type {
        case Frame.settings where flags & Frame.acknowledgement == 0: write(Frame.settings, Frame.acknowledgement, 0, [], context)
        case Frame.ping where flags & Frame.acknowledgement == 0: write(Frame.ping, Frame.acknowledgement, 0, payload, context)
        case Frame.headers:
            // The method comes first: 2 and 3 of the static table are GET and POST.
            let block = payload.dropFirst(flags & Frame.priority == 0 ? 0 : 5)
            open[stream] = (block.first == 0x82 ? "GET" : block.first == 0x83 ? "POST" : "HEAD", "")
            if flags & Frame.endStream != 0 { finish(stream, context) }
        case Frame.data:
            open[stream]?.body += String(decoding: payload, as: UTF8.self)
            if !payload.isEmpty {
                let count = (0..<4).map { UInt8(truncatingIfNeeded: payload.count >> (24 - 8 * $0)) }
                write(Frame.windowUpdate, 0, 0, count, context)
                write(Frame.windowUpdate, 0, stream, count, context)
            }
            if flags & Frame.endStream != 0 { finish(stream, context) }
        case Frame.reset: open[stream] = nil
        default: break
        }
    }

    private func finish(_ stream: UInt32, _ context: ChannelHandlerContext) {
        guard let (method, body) = open.removeValue(forKey: stream) else { return }
        switch peer.answer(method: method, body: body) {
        case .hold: break
        case .closeSilently: context.close(promise: nil)
        case .reset: context.reset()
        case .refuseStream: write(Frame.reset, 0, stream, [0, 0, 0, 7], context)
        case .answer(let status, let headers, let text):
            var block: [UInt8] = [0x08, 3] + Array("\(status)".utf8)
            for header in headers {
                block += [0, UInt8(header.name.utf8.count)] + Array(header.name.lowercased().utf8)
                precondition(header.value.utf8.count < 127)
                block += [UInt8(header.value.utf8.count)] + Array(header.value.utf8)
            }
            let bare = method == "HEAD" || text.isEmpty
            write(Frame.headers, Frame.endHeaders | (bare ? Frame.endStream : 0), stream, block, context)
            var rest = Array(text.utf8)[...]
            while !bare, !rest.isEmpty {
                let part = rest.prefix(16_384)
                rest = rest.dropFirst(part.count)
                write(Frame.data, rest.isEmpty ? Frame.endStream : 0, stream, Array(part), context)
            }
        }
    }

    private func write(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8], _ context: ChannelHandlerContext) {
        var frame = context.channel.allocator.buffer(capacity: 9 + payload.count)
        frame.writeBytes([UInt8(payload.count >> 16), UInt8(payload.count >> 8 & 255), UInt8(payload.count & 255), type, flags])
        frame.writeInteger(stream)
        frame.writeBytes(payload)
        context.write(wrapOutboundOut(frame), promise: nil)
    }
}
