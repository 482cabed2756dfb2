public import WaproCore

/// What an import may cost.
public struct ImportLimits: Sendable, Hashable {
    /// Imports that take pieces at once.
    public var openImports = 16
    /// Bytes of one piece.
    public var pieceBytes = 512 << 10
    /// Bytes of one file.
    public var fileBytes = 1 << 30
    /// How long an import may wait for its next piece before another may take its place.
    public var idle: Duration = .seconds(600)
    /// Refused rows that are kept with their reason; all are counted.
    public var faults = 10_000

    /// Rows of one commit: less than 2 ms of the writer's time.
    static let rows = 100
    /// Commits that are under way at once, so that the writer never waits for the reader of the file.
    static let commits = 16

    public init() {}
}

/// Why the importer did not do what it was asked. The message is for a person; the import goes on where it was.
public enum ImportRefusal: Error, Sendable, Hashable {
    /// There is no such import.
    case unknown(ImportID)
    /// The import has ended; only its last piece may be repeated.
    case finished(ImportID)
    /// Pieces come in order, from 0.
    case outOfOrder(expected: Int, got: Int)
    /// Another piece was sent in its place before.
    case otherPiece(Int)
    case pieceTooLarge(bytes: Int, limit: Int)
    case tooManyOpen(limit: Int)
}

extension ImportRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let id): "there is no import \(id)"
        case .finished(let id): "the import \(id) has ended; begin a new one"
        case .outOfOrder(let expected, let got): "piece \(got) came, but piece \(expected) is next; send the pieces in order"
        case .otherPiece(let index):
            "piece \(index) was sent before with other bytes, or otherwise as the last one; number each piece by its place in the file"
        case .pieceTooLarge(let bytes, let limit): "the piece has \(bytes) bytes; at most \(limit) are taken at once"
        case .tooManyOpen(let limit): "\(limit) imports are under way; wait until one has ended"
        }
    }
}
