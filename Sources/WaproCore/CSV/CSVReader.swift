/// Reads CSV (RFC 4180) that comes in pieces of any size.
///
/// The separator is the one of comma, semicolon and tab that the first row has most of. Lines end in LF, CR LF or CR; a UTF-8 byte
/// order mark is skipped, and so are empty lines. A double quote inside a field that does not begin with one is a character like
/// others. Memory is bounded by one piece and one row. After a refusal every further call throws the same.
public struct CSVReader: Sendable {
    public struct Limits: Sendable, Hashable {
        /// The most bytes that the fields of one row may have together.
        public var rowBytes: Int
        public var columns: Int

        public init(rowBytes: Int = 64 << 10, columns: Int = 200) {
            (self.rowBytes, self.columns) = (rowBytes, columns)
        }
    }

    private enum Phase: Sendable {
        /// The bytes until the first row's end, whose separators have to be counted before it can be cut.
        case beginning([UInt8], isQuoted: Bool)
        case rows(CSVScanner)
        case refused(CSVRefusal)
        case finished
    }

    private let limits: Limits
    private var phase = Phase.beginning([], isQuoted: false)

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes the next piece; returns the rows that end in it. The first row of the file is its header.
    public mutating func feed(_ bytes: some Sequence<UInt8>) throws(CSVRefusal) -> [CSVRecord] {
        let fast = bytes.withContiguousStorageIfAvailable { piece in
            Result { () throws(CSVRefusal) in try take(piece) }
        }
        if let fast { return try fast.get() }
        return try Array(bytes).withUnsafeBufferPointer { piece throws(CSVRefusal) in try take(piece) }
    }

    /// The same for raw memory.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) throws(CSVRefusal) -> [CSVRecord] {
        try bytes.withMemoryRebound(to: UInt8.self) { piece throws(CSVRefusal) in try take(piece) }
    }

    /// The file ends here; returns the last row when no line break follows it.
    public mutating func finish() throws(CSVRefusal) -> [CSVRecord] {
        var records: [CSVRecord] = []
        do throws(CSVRefusal) {
            if case .beginning(let start, _) = phase { try open(start, into: &records) }
            if case .refused(let refusal) = phase { throw refusal }
            guard case .rows(var scanner) = phase else { return records }
            phase = .finished
            try scanner.finish(into: &records)
            if scanner.isEmpty { throw .empty }
        } catch {
            phase = .refused(error)
            throw error
        }
        return records
    }

    private mutating func take(_ piece: UnsafeBufferPointer<UInt8>) throws(CSVRefusal) -> [CSVRecord] {
        var records: [CSVRecord] = []
        var start = 0
        do throws(CSVRefusal) {
            if case .beginning(var bytes, var isQuoted) = phase {
                phase = .finished  // so that `bytes` is held once, and grows in place
                while start < piece.count {
                    let byte = piece[start]
                    start += 1
                    bytes.append(byte)
                    if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                    let isBreak = (byte == 0x0A || byte == 0x0D) && !isQuoted
                    if isBreak && bytes.contains(where: { $0 != 0x0A && $0 != 0x0D }) {
                        try open(bytes, into: &records)
                        break
                    }
                    if bytes.count > limits.rowBytes + 4 { throw Self.encoding(of: bytes) ?? .headerTooLong(limit: limits.rowBytes) }
                }
                if case .finished = phase { phase = .beginning(bytes, isQuoted: isQuoted) }
            }
            switch phase {
            case .rows(var scanner):
                phase = .finished
                try scanner.scan(piece[start...], into: &records)
                phase = .rows(scanner)
            case .refused(let refusal): throw refusal
            case .beginning, .finished: break
            }
        } catch {
            phase = .refused(error)
            throw error
        }
        return records
    }

    /// Counts separators in the first row and cuts it.
    private mutating func open(_ bytes: [UInt8], into records: inout [CSVRecord]) throws(CSVRefusal) {
        if let refusal = Self.encoding(of: bytes) { throw refusal }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var counts = [UInt8(ascii: ","): 0, UInt8(ascii: ";"): 0, UInt8(ascii: "\t"): 0]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, let count = counts[byte] { counts[byte] = count + 1 }
        }
        let separator = [UInt8(ascii: ";"), UInt8(ascii: "\t")].reduce(UInt8(ascii: ",")) {
            counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0
        }
        var scanner = CSVScanner(separator: separator, limits: limits)
        try bytes.withUnsafeBufferPointer { all throws(CSVRefusal) in try scanner.scan(all[start...], into: &records) }
        phase = .rows(scanner)
    }

    private static func encoding(of bytes: [UInt8]) -> CSVRefusal? {
        bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? .utf16 : nil
    }
}
