import NIOCore
import NIOHTTP1

/// The way back to one caller. Used once, from any thread.
struct Reply: Sendable {
    let channel: any Channel
    let version: HTTPVersion
    /// The channel is one stream of an HTTP/2 connection.
    let isStream: Bool
    let keepsAlive: Bool

    func end(_ ending: Ending, after delay: TimeAmount = .zero) {
        if delay > .zero {
            channel.eventLoop.scheduleTask(in: delay) { perform(ending) }
        } else if channel.eventLoop.inEventLoop {
            perform(ending)
        } else {
            channel.eventLoop.execute { perform(ending) }
        }
    }

    func answer(_ answer: Answer) {
        end(.answer(answer))
    }

    private var connection: any Channel {
        isStream ? channel.parent ?? channel : channel
    }

    private func perform(_ ending: Ending) {
        switch ending {
        case .answer(let answer): write(answer)
        case .silence: break
        case .close: connection.close(promise: nil)
        case .reset: channel.close(promise: nil)
        case .truncated(let answer):
            channel.write(HTTPServerResponsePart.head(head(answer)), promise: nil)
            let half = ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2))
            channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(half))).whenComplete { _ in connection.close(promise: nil) }
        }
    }

    private func write(_ answer: Answer) {
        channel.write(HTTPServerResponsePart.head(head(answer)), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: answer.body))), promise: nil)
        let end = HTTPServerResponsePart.end(nil)
        if keepsAlive || isStream {
            channel.writeAndFlush(end, promise: nil)
        } else {
            channel.writeAndFlush(end).whenComplete { _ in channel.close(promise: nil) }
        }
    }

    private func head(_ answer: Answer) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.reserveCapacity(3 + answer.headers.count)
        headers.add(name: "content-type", value: answer.contentType)
        headers.add(name: "content-length", value: String(answer.body.count))
        if !keepsAlive, !isStream { headers.add(name: "connection", value: "close") }
        for (name, value) in answer.headers { headers.add(name: name, value: value) }
        return HTTPResponseHead(version: version, status: answer.status, headers: headers)
    }
}
