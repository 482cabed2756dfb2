import NIOCore
import NIOHTTP1

/// `GET {callback}?hub.mode=subscribe&hub.challenge=…&hub.verify_token=…`, answered 200 with the bare challenge.
struct Handshake {
    let courier: Courier
    let challenge: String
    let timeout: TimeAmount

    func perform() -> EventLoopFuture<Bool> {
        let url = courier.url
        let separator = url.target.contains("?") ? "&" : "?"
        let query = "hub.mode=subscribe&hub.challenge=\(challenge)&hub.verify_token=\(courier.app.verifyToken)"
        let target = url.with(target: url.target + separator + query)
        return CallbackConnection.connect(url, on: courier.group).flatMap { connection in
            connection.call(
                .GET,
                target,
                headers: ["host": url.authority, "user-agent": "facebookplatform/1.0"],
                body: nil,
                timeout: timeout
            )
            .map { $0.status == 200 && $0.body == Array(challenge.utf8) }
            .always { _ in connection.channel.close(promise: nil) }
        }
    }
}
