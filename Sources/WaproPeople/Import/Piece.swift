public import WaproStore

/// A piece of a file.
public struct Piece: Sendable {
    /// Its place in the file, from 0.
    public let index: Int
    public let bytes: [UInt8]
    /// The file ends with it. It may be empty.
    public let isLast: Bool
    public let digest: PieceDigest

    /// Reads all of the bytes for their digest.
    public init(_ index: Int, _ bytes: [UInt8], isLast: Bool) {
        (self.index, self.bytes, self.isLast) = (index, bytes, isLast)
        digest = PieceDigest(of: bytes, isLast: isLast)
    }
}
