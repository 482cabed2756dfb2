/// A row of a CSV file: its fields without quotes, as bytes of checked UTF-8. Text is made when it is asked for.
public struct CSVRow: Sendable, Hashable {
    /// The physical line on which the row begins, counted from 1.
    public let line: Int
    /// The fields one after the other.
    let bytes: [UInt8]
    /// Where each field ends in `bytes`.
    let ends: [Int]

    /// How many fields there are: at least one.
    public var count: Int { ends.count }

    private func range(_ column: Int) -> Range<Int> {
        guard ends.indices.contains(column) else { return 0..<0 }
        return (column == 0 ? 0 : ends[column - 1])..<ends[column]
    }

    /// Whether the field has no character, or does not exist because the row is shorter than the header.
    public func isEmpty(_ column: Int) -> Bool { range(column).isEmpty }

    /// The field of a column counted from 0; empty when the row is shorter than the header.
    public func text(_ column: Int) -> String {
        String(decoding: bytes[range(column)], as: UTF8.self)
    }

    /// The field without the spaces and no-break spaces around it.
    public func trimmed(_ column: Int) -> String {
        let text = text(column)
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\u{A0}" || $0 == "\t" }
        guard let first = text.first, let last = text.last, isBlank(first) || isBlank(last) else { return text }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    /// The field's bytes, valid inside `body` only: for `PhoneNumber.parse(utf8:)`, without making text.
    public func withBytes<Result, Failure>(
        of column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = range(column)
        return try bytes.withUnsafeBufferPointer { all throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: all[range]))
        }
    }
}

/// What comes out of a CSV file where a row was expected.
public enum CSVRecord: Sendable, Hashable {
    case row(CSVRow)
    /// A row that cannot be read; the file goes on after it.
    case fault(CSVFault)
}
