import NIOCore
import NIOHTTP1

/// What is answered: a status and a body, JSON unless it says otherwise.
struct Answer: Sendable {
    var status: HTTPResponseStatus
    var body: [UInt8]
    var contentType = "application/json; charset=UTF-8"
    var headers: [(String, String)] = []

    init(_ status: Int, _ body: [UInt8]) {
        self.status = HTTPResponseStatus(statusCode: status)
        self.body = body
    }

    init(_ status: Int = 200, json: JSON) {
        self.init(status, JSONText.bytes(json))
    }

    /// What a proxy in front of Graph says when Graph is away: no envelope.
    static let badGateway: Answer = {
        var answer = Answer(
            502,
            Array("<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>".utf8)
        )
        answer.contentType = "text/html; charset=utf-8"
        return answer
    }()
}

/// How one exchange ends.
enum Ending: Sendable {
    case answer(Answer)
    /// No answer at all; the connection stays open.
    case silence
    /// The connection is closed without a byte.
    case close
    /// The stream is reset (HTTP/2), or the connection closed (HTTP/1.1).
    case reset
    /// The head and half of the body, then the connection is closed.
    case truncated(Answer)
}
