internal import Crypto
internal import FoundationEssentials
public import WaproCore

/// The GET by which Meta checks that a callback address is ours (whatsapp-cloud-api.md §6.1).
public enum Handshake: Sendable, Hashable {
    /// Answer 200 with this text as the whole body, as `text/plain`.
    case challenge(String)
    /// Answer 403.
    case refused

    /// - Parameters:
    ///   - mode: `hub.mode`, which must be `subscribe`.
    ///   - token: `hub.verify_token`, compared in constant time.
    ///   - challenge: `hub.challenge`: at most 256 letters, digits, `-` and `_`, so that nothing else can be echoed.
    public init(mode: String?, token: String?, challenge: String?, verifyToken: Secret) {
        // Digests have one length, so not even the token's length shows.
        let given = Array(SHA256.hash(data: Array((token ?? "").utf8)))
        let wanted = Array(SHA256.hash(data: Array(verifyToken.revealed.utf8)))
        let isOurs = Signature.equal(given, wanted) && !verifyToken.revealed.isEmpty
        guard isOurs, mode == "subscribe", let challenge, (1...256).contains(challenge.utf8.count),
            challenge.utf8.allSatisfy({
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            })
        else {
            self = .refused
            return
        }
        self = .challenge(challenge)
    }
}
