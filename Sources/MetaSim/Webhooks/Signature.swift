import Crypto

/// HMACs as lower-case hexadecimal, the way Meta signs webhooks and checks `appsecret_proof`.
enum Signature {
    static func hmac(_ message: [UInt8], key: String) -> String {
        hexadecimal(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Array(key.utf8))))
    }

    static func hmacSHA1(_ message: [UInt8], key: String) -> String {
        hexadecimal(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: Array(key.utf8))))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(64)
        for byte in bytes {
            for digit in [byte >> 4, byte & 0xF] { out.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
