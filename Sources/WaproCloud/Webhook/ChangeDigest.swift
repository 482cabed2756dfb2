internal import Crypto
internal import FoundationEssentials

/// The SHA-256 by which a change that Meta delivers again is known: news of templates, numbers and accounts have no id of their own
/// (whatsapp-cloud-api.md §6.2).
public enum ChangeDigest {
    /// - Parameter parts: account, time, field, and what the value says; each is hashed with its length, so that no two lists of parts
    ///   give the same bytes.
    /// - Returns: 32 bytes.
    public static func of(_ parts: [String]) -> [UInt8] {
        var hash = SHA256()
        for part in parts {
            withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: Array(part.utf8))
        }
        return Array(hash.finalize())
    }
}
