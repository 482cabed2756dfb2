internal import Crypto
internal import FoundationEssentials
public import WaproCore

/// What a call is authorised with: an access token and, when the app asks for it, the proof that we know the app secret.
public struct GraphCredentials: Sendable, Hashable {
    public let token: Secret
    /// `appsecret_proof`: lower-case hex of HMAC-SHA256(app secret, token) (whatsapp-cloud-api.md §1.2). Computed once.
    let proof: String?

    /// - Parameters:
    ///   - token: surrounding white space is dropped, since files end in a newline.
    ///   - appSecret: needed only for `proof`.
    ///   - proof: send `appsecret_proof` with every call ("Require App Secret" of the app's settings).
    public init(token: Secret, appSecret: Secret? = nil, proof: Bool = false) throws(GraphSetupError) {
        let text = token.revealed.trimmed
        guard !text.isEmpty, text.utf8.allSatisfy({ (33..<127).contains($0) }) else { throw .badToken }
        self.token = Secret(text)
        guard proof else {
            self.proof = nil
            return
        }
        guard let secret = appSecret?.revealed.trimmed, !secret.isEmpty else { throw .emptyAppSecret }
        let key = SymmetricKey(data: Array(secret.utf8))
        self.proof = Hexadecimal.text(of: HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    /// The app's own token, `id|secret`: it may be asked about the app and about tokens that were made for it.
    ///
    /// - Parameter id: Meta's id of the app.
    public static func app(id: String, secret: Secret, proof: Bool = false) throws(GraphSetupError) -> GraphCredentials {
        try GraphCredentials(token: Secret(id + "|" + secret.revealed.trimmed), appSecret: secret, proof: proof)
    }

    /// SHA-256 of the token, in hexadecimal: says whether two are the same, and nothing else.
    public var fingerprint: String { Hexadecimal.text(of: SHA256.hash(data: Array(token.revealed.utf8))) }

    var header: (name: String, value: String) { ("Authorization", "Bearer " + token.revealed) }

    var query: [(String, String)] { proof.map { [("appsecret_proof", $0)] } ?? [] }
}

extension GraphCredentials: CustomStringConvertible, CustomReflectable {
    public var description: String { "‹credentials›" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    /// Without white space around it.
    fileprivate var trimmed: String {
        let kept = drop { $0.isWhitespace }
        return String(String(kept.reversed().drop { $0.isWhitespace }).reversed())
    }
}
