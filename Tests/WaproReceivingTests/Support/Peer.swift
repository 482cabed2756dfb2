import NIOCore
import NIOPosix
import Synchronization

/// A client that sees every byte: what is sent, and when what comes back.
final class Peer: Sendable {
    struct Response: Sendable, Equatable {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    struct Broken: Error {}

    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        let bytes = Mutex<[UInt8]>([])
        let news: AsyncStream<Void>
        private let tell: AsyncStream<Void>.Continuation

        init() {
            (news, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let part = unwrapInboundIn(data)
            bytes.withLock { $0 += Array(part.readableBytesView) }
            tell.yield()
        }

        func channelInactive(context: ChannelHandlerContext) { tell.finish() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    private let channel: any Channel
    private let collector: Collector

    init(port: Int) async throws {
        let collector = Collector()
        self.collector = collector
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.pipeline.addHandler(collector) }
            .connect(host: "127.0.0.1", port: port).get()
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Bytes that came and belong to no response that was taken.
    var pending: Int { collector.bytes.withLock { $0.count } }

    /// The next whole response.
    func response() async throws -> Response {
        if let response = take() { return response }
        for await _ in collector.news {
            if let response = take() { return response }
        }
        guard let response = take() else { throw Broken() }
        return response
    }

    func ask(_ text: String) async throws -> Response {
        try await send(text)
        return try await response()
    }

    /// Returns when the other side has closed.
    func closed() async throws {
        try await channel.closeFuture.get()
    }

    func close() async throws {
        try await channel.close()
    }

    private func take() -> Response? {
        collector.bytes.withLock { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { return nil }
            let lines = text[..<end.lowerBound].split(separator: "\r\n")
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                let sides = line.split(separator: ":", maxSplits: 1)
                headers[sides[0].lowercased()] = String(sides[1].drop { $0 == " " })
            }
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            let head = text[..<end.upperBound].utf8.count
            guard bytes.count >= head + length, let status = lines.first?.split(separator: " ")[1], let code = Int(status) else {
                return nil
            }
            let body = String(decoding: bytes[head..<(head + length)], as: UTF8.self)
            bytes.removeFirst(head + length)
            return Response(status: code, headers: headers, body: body)
        }
    }
}

extension String {
    fileprivate func range(of part: String) -> Range<String.Index>? {
        ranges(of: part).first
    }
}
