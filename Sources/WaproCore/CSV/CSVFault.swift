/// A row that cannot be read. The rows after it can.
public struct CSVFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The physical line on which the row begins, counted from 1.
    public let line: Int
    public let reason: Reason

    public enum Reason: Sendable, Hashable {
        /// More bytes than the limit.
        case tooLong(limit: Int)
        /// More fields than the limit.
        case tooManyColumns(limit: Int)
        /// A field beyond the header's last column has content: most likely a separator inside a field without quotes.
        case moreThanHeader(columns: Int)
        /// A quote opened on `line` does not close before the limit of a row or the end of the file; nothing up to `through` was read.
        case unterminatedQuote(line: Int, through: Int)
        /// Something else than a separator or a line break after a closing quote.
        case textAfterQuote
    }

    public var description: String { "line \(line): \(words)" }

    /// What is wrong, without the line.
    public var words: String {
        switch reason {
        case .tooLong(let limit): "the row is longer than \(limit) bytes"
        case .tooManyColumns(let limit): "the row has more than \(limit) columns"
        case .moreThanHeader(let columns):
            "the row has more fields than the header has columns (\(columns)); put fields that contain the separator in double quotes"
        case .unterminatedQuote(let line, let through):
            "the double quote opened on line \(line) is not closed, or its field is too long; nothing up to line \(through) could be read"
        case .textAfterQuote: "there is text after a closing double quote; a double quote inside a field is written twice"
        }
    }
}

/// Why a file cannot be read at all, or no further.
public enum CSVRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// No row at all.
    case empty
    /// It begins as UTF-16 does.
    case utf16
    /// Bytes that are not UTF-8; `line` is the first physical line of the row they are in.
    case notUTF8(line: Int)
    /// A byte of value 0.
    case nul(line: Int)
    /// The first row is longer than the limit in bytes: this is hardly a CSV file.
    case headerTooLong(limit: Int)

    public var description: String {
        switch self {
        case .empty: "the file is empty; its first line has to name the columns"
        case .utf16: "the file is in UTF-16; export it again as \"CSV UTF-8\""
        case .notUTF8(let line):
            "line \(line): the file is not in UTF-8 (Latin-1 or Windows-1252, perhaps); export it again as \"CSV UTF-8\""
        case .nul(let line): "line \(line): a NUL byte; this is UTF-16 or no text file at all; export it again as \"CSV UTF-8\""
        case .headerTooLong(let limit): "the first line is longer than \(limit) bytes; this is hardly a CSV file"
        }
    }
}
