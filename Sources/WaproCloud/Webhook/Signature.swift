internal import Crypto
internal import FoundationEssentials
public import WaproCore

/// `X-Hub-Signature-256`: who wrote a webhook (whatsapp-cloud-api.md §6.2).
public enum Signature {
    /// Whether exactly one header says `sha256=` and 64 hex digits of the HMAC-SHA256 of the raw bytes under one of the secrets.
    ///
    /// Must be asked before anything is parsed. Takes the same time whichever secret fits and wherever a digit differs.
    /// - Parameters:
    ///   - headers: every value of the header that came; more than one is refused.
    ///   - body: the raw bytes: a body that was parsed and written again has another signature.
    ///   - secrets: the app's current secret and, while it changes, the previous one.
    public static func verify(headers: [String], body: [UInt8], secrets: [Secret]) -> Bool {
        guard headers.count == 1, let claimed = digest(in: headers[0]) else { return false }
        var matches = false
        for secret in secrets where !secret.revealed.isEmpty {
            let key = SymmetricKey(data: Array(secret.revealed.utf8))
            let matched = equal(Array(HMAC<SHA256>.authenticationCode(for: body, using: key)), claimed)
            matches = matches || matched
        }
        return matches
    }

    /// The header's value for a body: what a simulator or a test sends.
    public static func sign(_ body: [UInt8], secret: Secret) -> String {
        let key = SymmetricKey(data: Array(secret.revealed.utf8))
        return "sha256=" + Hexadecimal.text(of: HMAC<SHA256>.authenticationCode(for: body, using: key))
    }

    private static func digest(in header: String) -> [UInt8]? {
        let bytes = Array(header.utf8)
        let prefix = Array("sha256=".utf8)
        guard bytes.count == prefix.count + 64, bytes.starts(with: prefix) else { return nil }
        var digest: [UInt8] = []
        for index in stride(from: prefix.count, to: bytes.count, by: 2) {
            guard let high = bytes[index].hexDigit, let low = bytes[index + 1].hexDigit else { return nil }
            digest.append(high << 4 | low)
        }
        return digest
    }

    /// Compares without stopping at the first difference; only the lengths may be learnt from its time.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
