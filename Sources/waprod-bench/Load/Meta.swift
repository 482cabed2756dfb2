import MetaSim
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The least that can stand in for Meta: HTTP/2 over TLS on one thread, every POST accepted. It reads no header: a request with a body is a
/// message, one without is a question, and all questions have the same answer.
final class Meta: Sendable {
    let base: String
    let authority: String
    let log: MetaLog
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    /// Meta's id of the n-th number.
    static func number(_ index: Int) -> String { "4512077339860\(10 + index)" }

    /// - Parameters:
    ///   - latency: of every answer to a POST.
    ///   - keeps: what is remembered of each message.
    init(latency: Duration = .zero, keeps: MetaLog.Keeps = .count) async throws {
        let certificates = CertificateAuthority()
        authority = certificates.authority
        let issued = certificates.issue()
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(issued.certificate.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(issued.key.utf8), format: .pem))
        )
        tls.applicationProtocols = ["h2"]
        let context = try NIOSSLContext(configuration: tls)
        let log = MetaLog(keeps)
        self.log = log
        let delay = TimeAmount.nanoseconds(Int64(latency / .nanoseconds(1)))
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLServerHandler(context: context),
                        HTTP2Handler(log: log, delay: delay)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        base = "https://localhost:\(channel.localAddress?.port ?? 0)"
    }

    func stop() async throws {
        try await channel.close()
        try await group.shutdownGracefully()
    }
}

/// What Meta remembers.
final class MetaLog: Sendable {
    enum Keeps: Sendable {
        case count
        /// When each one came.
        case times
        /// What it takes to tell of each one's status, and when each text came.
        case messages
    }

    struct Message: Sendable {
        var wamid: String
        var phone: String
        var callbackData: String
    }

    private struct State {
        var count = 0
        var first: ContinuousClock.Instant?
        var times: [ContinuousClock.Instant] = []
        var messages: [Message] = []
        var texts: [String: ContinuousClock.Instant] = [:]
    }

    private let keeps: Keeps
    private let state = Mutex(State())

    init(_ keeps: Keeps) { self.keeps = keeps }

    var count: Int { state.withLock { $0.count } }
    /// When the first one came since the last `forget`.
    var first: ContinuousClock.Instant? { state.withLock { $0.first } }
    var times: [ContinuousClock.Instant] { state.withLock { $0.times } }

    func forget() { state.withLock { $0 = State(count: $0.count) } }

    /// When a message with this text came.
    func arrival(of text: String) -> ContinuousClock.Instant? { state.withLock { $0.texts[text] } }

    /// Those that came since the last time.
    func takeMessages() -> [Message] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// Notes a message; its wamid, and the number as the body had it.
    fileprivate func note(_ body: ByteBufferView) -> (wamid: String, phone: String) {
        let phone = body.text(after: #""to":""#) ?? ""
        let callbackData = keeps == .messages ? body.text(after: #""biz_opaque_callback_data":""#) ?? "" : ""
        let text = keeps == .messages ? body.text(after: #""text":{"body":""#) : nil
        let now = ContinuousClock.now
        return state.withLock { state in
            state.count += 1
            if state.first == nil { state.first = now }
            let wamid = "wamid.BENCH\(1_000_000_000 + state.count)"
            switch keeps {
            case .count: break
            case .times: state.times.append(now)
            case .messages:
                if let text { state.texts[text] = now }
                state.messages.append(Message(wamid: wamid, phone: phone, callbackData: callbackData))
            }
            return (wamid, phone)
        }
    }
}

extension ByteBufferView {
    /// What stands between a mark and the next quotation mark.
    fileprivate func text(after mark: StaticString) -> String? {
        withUnsafeBytes { bytes in
            guard let found = bytes.offset(of: mark) else { return nil }
            let start = found + mark.utf8CodeUnitCount
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }
}

/// One connection of HTTP/2 (RFC 9113): only what libcurl sends.
private final class HTTP2Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let preface = 24
    /// The connection's window is opened again each time so much was read.
    private static let window = 1 << 29

    private let log: MetaLog
    private let delay: TimeAmount
    private var input = ByteBuffer()
    private var output = ByteBuffer()
    private var bodies: [UInt32: ByteBuffer] = [:]
    private var isGreeted = false
    private var read = 0

    init(log: MetaLog, delay: TimeAmount) {
        (self.log, self.delay) = (log, delay)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        if input.readableBytes == 0 { input = part } else { input.writeBuffer(&part) }
        if !isGreeted {
            guard input.readableBytes >= Self.preface else { return }
            input.moveReaderIndex(forwardBy: Self.preface)
            isGreeted = true
            // SETTINGS: MAX_CONCURRENT_STREAMS 1,000. Then a window for the whole connection.
            frame(4, 0, 0, [0, 3, 0, 0, 3, 232])
            open(Self.window * 2 - (1 << 16))
        }
        while let head = input.getBytes(at: input.readerIndex, length: 9) {
            let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
            guard input.readableBytes >= 9 + length else { break }
            input.moveReaderIndex(forwardBy: 9)
            guard let payload = input.readSlice(length: length) else { break }
            let stream = UInt32(head[5] & 0x7F) << 24 | UInt32(head[6]) << 16 | UInt32(head[7]) << 8 | UInt32(head[8])
            handle(head[3], flags: head[4], stream, payload, context)
        }
        input.discardReadBytes()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func flush(_ context: ChannelHandlerContext) {
        guard output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        output = ByteBuffer()
    }

    private func handle(_ type: UInt8, flags: UInt8, _ stream: UInt32, _ payload: ByteBuffer, _ context: ChannelHandlerContext) {
        let isLast = flags & 1 != 0
        switch type {
        case 0:
            read += payload.readableBytes
            if read >= Self.window {
                open(read)
                read = 0
            }
            var body = bodies[stream] ?? ByteBuffer()
            var part = payload
            if body.readableBytes == 0 { body = part } else { body.writeBuffer(&part) }
            guard isLast else { return bodies[stream] = body }
            bodies[stream] = nil
            let (wamid, phone) = log.note(body.readableBytesView)
            let answer = Self.accepted(wamid, phone)
            guard delay > .zero else { return respond(stream, answer) }
            let context = NIOLoopBound(context, eventLoop: context.eventLoop)
            let own = NIOLoopBound(self, eventLoop: context.value.eventLoop)
            context.value.eventLoop.scheduleTask(in: delay) {
                own.value.respond(stream, answer)
                own.value.flush(context.value)
            }
        case 1 where isLast:
            // The method comes first: 2 and 3 in the static table are GET and POST; HEAD must be written out.
            let isGet = payload.getInteger(at: payload.readerIndex, as: UInt8.self) == 0x82
            respond(stream, isGet ? Self.everything : [])
        case 3: bodies[stream] = nil
        case 4 where !isLast: frame(4, 1, 0, [])
        case 6 where !isLast: frame(6, 1, 0, Array(payload.readableBytesView))
        default: break
        }
    }

    private func respond(_ stream: UInt32, _ body: [UInt8]) {
        // :status 200 from the static table, then content-type as a literal that is not kept.
        var head: [UInt8] = [0x88, 0x0F, 0x10, 16]
        head += "application/json".utf8
        frame(1, body.isEmpty ? 5 : 4, stream, head)
        if !body.isEmpty { frame(0, 1, stream, body) }
    }

    private func open(_ bytes: Int) {
        frame(8, 0, 0, [UInt8(bytes >> 24 & 0x7F), UInt8(bytes >> 16 & 0xFF), UInt8(bytes >> 8 & 0xFF), UInt8(bytes & 0xFF)])
    }

    private func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) {
        output.writeInteger(UInt32(payload.count) << 8 | UInt32(type))
        output.writeInteger(flags)
        output.writeInteger(stream)
        output.writeBytes(payload)
    }

    private static func accepted(_ wamid: String, _ phone: String) -> [UInt8] {
        let id = phone.drop { $0 == "+" }
        return Array(
            """
            {"messaging_product":"whatsapp","contacts":[{"input":"\(phone)","wa_id":"\(id)"}],"messages":[{"id":"\(wamid)",\
            "message_status":"accepted"}]}
            """.utf8
        )
    }

    /// A number and a page of templates in one.
    private static let everything = Array(
        #"""
        {"id":"1","display_phone_number":"+44 20 7946 0999","verified_name":"Bench","quality_rating":"GREEN","status":"CONNECTED","throughput":{"level":"HIGH"},"whatsapp_business_manager_messaging_limit":"TIER_UNLIMITED","data":[{"id":"2","name":"autumn_offer","language":"en_GB","category":"UTILITY","status":"APPROVED","components":[{"type":"BODY","text":"Hi {{1}}, our autumn sale is on: {{2}} off everything until Sunday.","example":{"body_text":[["Ada","20%"]]}}]}]}
        """#.utf8
    )
}
