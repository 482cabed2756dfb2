import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A callback that keeps what it is sent.
final class Inbox: Sendable {
    struct Post: Sendable {
        let method: String
        let uri: String
        let signature: String?
        let body: [UInt8]
    }

    private struct State {
        var posts: [Post] = []
        var answers: [Int] = []
        var connections = 0
    }

    private let state = Mutex(State())
    private let channel = Mutex<(any Channel)?>(nil)

    static func open() async throws -> Inbox {
        let inbox = Inbox()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    inbox.state.withLock { $0.connections += 1 }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        inbox.channel.withLock { $0 = channel }
        return inbox
    }

    func close() async {
        try? await channel.withLock { $0 }?.close()
    }

    var url: String { "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)/webhook/app" }
    var posts: [Post] { state.withLock(\.posts) }
    var connections: Int { state.withLock(\.connections) }

    /// The statuses of the next answers; after them, 200.
    func willAnswer(_ answers: Int...) {
        state.withLock { $0.answers = answers }
    }

    /// The challenge for a handshake with the right token, an empty body otherwise.
    fileprivate func take(_ post: Post) -> (Int, String) {
        state.withLock { state in
            if post.method == "GET" {
                let query = URLComponents(string: post.uri)?.queryItems ?? []
                func item(_ name: String) -> String? { query.first { $0.name == name }?.value }
                let isRight = item("hub.verify_token") == "metasim-verify-token" && item("hub.mode") == "subscribe"
                return isRight ? (200, item("hub.challenge") ?? "") : (403, "")
            }
            state.posts.append(post)
            return (state.answers.isEmpty ? 200 : state.answers.removeFirst(), "")
        }
    }

    var changes: [[String: Any]] {
        posts.flatMap { post in
            let json = (try? JSONSerialization.jsonObject(with: Data(post.body))) as? [String: Any]
            return (json?["entry"] as? [[String: Any]] ?? []).flatMap { $0["changes"] as? [[String: Any]] ?? [] }
        }
    }

    private var values: [[String: Any]] { changes.compactMap { $0["value"] as? [String: Any] } }

    var statuses: [Status] {
        values.flatMap { value in (value["statuses"] as? [[String: Any]] ?? []).map { Status($0, value) } }
    }

    var messages: [[String: Any]] { values.flatMap { $0["messages"] as? [[String: Any]] ?? [] } }
}

/// One element of `statuses`, with the change that it came in.
struct Status {
    let raw: [String: Any]
    let value: [String: Any]

    init(_ raw: [String: Any], _ value: [String: Any]) {
        self.raw = raw
        self.value = value
    }

    var kind: String { raw["status"] as? String ?? "" }
    var wamid: String { raw["id"] as? String ?? "" }
    var callbackData: String? { raw["biz_opaque_callback_data"] as? String }
    var pricing: [String: Any]? { raw["pricing"] as? [String: Any] }
    var code: Int? { (raw["errors"] as? [[String: Any]])?.first?["code"] as? Int }
}

private final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let inbox: Inbox
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ inbox: Inbox) {
        self.inbox = inbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, [])
        case .body(let part): body.append(contentsOf: part.readableBytesView)
        case .end:
            guard let head else { return }
            let signature = head.headers.first(name: "x-hub-signature-256")
            let (status, text) = inbox.take(.init(method: head.method.rawValue, uri: head.uri, signature: signature, body: body))
            let answer = HTTPResponseHead(
                version: .http1_1,
                status: .init(statusCode: status),
                headers: ["content-length": String(text.utf8.count)]
            )
            context.write(wrapOutboundOut(.head(answer)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
