import NIOCore
import NIOHTTP1

/// `GET {callback}?hub.mode=subscribe&hub.challenge=…&hub.verify_token=…`, answered 200 with the bare challenge.
struct Handshake {
    let url: CallbackURL
    let verifyToken: String
    let challenge: String
    let timeout: TimeAmount
    let group: any EventLoopGroup

    func perform() -> EventLoopFuture<Bool> {
        let separator = url.target.contains("?") ? "&" : "?"
        let query = "hub.mode=subscribe&hub.challenge=\(challenge)&hub.verify_token=\(Self.escaped(verifyToken))"
        let target = url.with(target: url.target + separator + query)
        return CallbackConnection.connect(url, on: group).flatMap { connection in
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

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
