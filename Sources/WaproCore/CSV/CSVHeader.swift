/// The names of a CSV file's columns.
public struct CSVHeader: Sendable, Hashable {
    /// Without spaces around them, in the order of the columns.
    public let names: [String]
    private let places: [String: Int]

    /// Reads the first row. Throws the first thing that is wrong with it; `required` names columns that have to be there.
    public init(_ row: CSVRow, required: [String] = []) throws(CSVHeaderRefusal) {
        names = (0..<row.count).map(row.trimmed)
        var places: [String: Int] = [:]
        for (column, name) in names.enumerated() {
            if name.isEmpty { throw .unnamed(column: column + 1) }
            if let first = places.updateValue(column, forKey: name.lowercased()) {
                throw .duplicate(name: name, columns: [first + 1, column + 1])
            }
        }
        for name in required where places[name.lowercased()] == nil {
            throw .missing(name: name, suggestion: Spelling.closest(to: name, among: names), found: names)
        }
        self.places = places
    }

    /// The column of a name, counted from 0; large and small letters are the same.
    public func column(_ name: String) -> Int? { places[name.lowercased()] }
}

/// Why a header cannot be used. Columns are counted from 1, as people do.
public enum CSVHeaderRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    case unnamed(column: Int)
    case duplicate(name: String, columns: [Int])
    case missing(name: String, suggestion: String?, found: [String])

    public var description: String {
        switch self {
        case .unnamed(let column): "column \(column) has no name in the first line; name it or remove it"
        case .duplicate(let name, let columns):
            "columns \(columns.map(String.init).joined(separator: " and ")) are both named \"\(name)\"; rename one of them"
        case .missing(let name, let suggestion?, _): "there is no column \"\(name)\"; is \"\(suggestion)\" meant for it?"
        case .missing(let name, nil, let found): "there is no column \"\(name)\"; the first line has \(found.joined(separator: ", "))"
        }
    }
}
