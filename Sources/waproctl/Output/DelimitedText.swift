import WaproRPC

/// Rows for other programs.
enum DelimitedText {
    struct Cell {
        let text: String
        /// Written by people, not by us: it may be what a spreadsheet takes for a formula.
        let isFree: Bool

        init(_ text: String) { (self.text, isFree) = (text, false) }

        /// Lists and objects are JSON; null is nothing.
        init(_ json: JSONValue?) {
            switch json {
            case nil, .null: (text, isFree) = ("", false)
            case .string(let value): (text, isFree) = (value, true)
            case .some(let value): (text, isFree) = (value.compact, false)
            }
        }
    }

    /// RFC 4180. What a spreadsheet would calculate gets an apostrophe, which `contact import` takes away again: so does what begins with an
    /// apostrophe before such a character, or before another one. A row that is one empty cell has quotes, because an empty line is no row.
    static func csv(_ cells: [Cell]) -> String {
        if cells.count == 1, cells[0].text.isEmpty { return "\"\"" }
        return cells.map { cell in
            let text = cell.isFree && isFormula(cell.text) ? "'" + cell.text : cell.text
            let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } || text.first == " " || text.last == " "
            guard needsQuotes else { return text }
            // By scalars: a quote with a mark upon it is a quote to whoever reads the file.
            var quoted = "\""
            for scalar in text.unicodeScalars {
                if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
                quoted.unicodeScalars.append(scalar)
            }
            return quoted + "\""
        }.joined(separator: ",")
    }

    /// Tab-separated; a tab, a line's end and a backslash inside of a cell are `\t`, `\n`, `\r` and `\\`.
    static func tsv(_ cells: [Cell]) -> String {
        cells.map { cell in
            var text = ""
            for scalar in cell.text.unicodeScalars {
                switch scalar {
                case "\t": text += "\\t"
                case "\n": text += "\\n"
                case "\r": text += "\\r"
                case "\\": text += "\\\\"
                default: text.unicodeScalars.append(scalar)
                }
            }
            return text
        }.joined(separator: "\t")
    }

    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return ["=", "+", "-", "@", "\t", "\r", "'"].contains(first)
    }
}
