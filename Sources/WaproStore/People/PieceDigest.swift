import Crypto

/// By which a piece of a file that comes again is told from another piece in its place.
public struct PieceDigest: Sendable, Hashable {
    public let bytes: [UInt8]

    public init(of piece: [UInt8], isLast: Bool) {
        var hash = SHA256()
        hash.update(data: [isLast ? 1 : 0] as [UInt8])
        hash.update(data: piece)
        bytes = Array(hash.finalize())
    }

    init(stored bytes: [UInt8]) {
        self.bytes = bytes
    }
}
