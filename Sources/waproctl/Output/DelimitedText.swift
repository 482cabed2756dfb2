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

    /// As RFC 4180 has it, but that lines end with LF. What a spreadsheet would calculate gets an apostrophe, which `contact import` takes away
    /// again: so does what begins with an apostrophe before such a character, or before another one. A row that is one empty cell has quotes,
    /// because an empty line is no row. Nothing else is changed: the cells are what they are, controls too.
    static func csv(_ cells: [Cell]) -> String {
        if cells.count == 1, cells[0].text.isEmpty { return "\"\"" }
        return cells.map { cell in
            let text = cell.isFree && isFormula(cell.text) ? "'" + cell.text : cell.text
            guard needsQuotes(text) else { return text }
            // By scalars: a quote with a mark upon it is a quote to whoever reads the file.
            var quoted = "\""
            for scalar in text.unicodeScalars {
                if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
                quoted.unicodeScalars.append(scalar)
            }
            return quoted + "\""
        }.joined(separator: ",")
    }

    /// Tab-separated; a tab, a line's end and a backslash inside of a cell are `\t`, `\n`, `\r` and `\\`, and what would act on a terminal or hide
    /// there is `\u{1b}`: so a pipe that ends at a terminal is as harmless as the terminal, and nothing is lost.
    static func tsv(_ cells: [Cell]) -> String {
        cells.map { cell in
            var text = ""
            HiddenScalars.each(of: cell.text.unicodeScalars) { scalar, hides in
                switch scalar {
                case "\t": text += "\\t"
                case "\n": text += "\\n"
                case "\r": text += "\\r"
                case "\\": text += "\\\\"
                case _ where hides: text += TerminalText.escape(scalar)
                default: text.unicodeScalars.append(scalar)
                }
            }
            return text
        }.joined(separator: "\t")
    }

    /// Semicolons and tabs separate nothing here, but there are spreadsheets that take any of the three: unquoted, what is behind one would be a
    /// cell of its own, and perhaps a formula.
    private static func needsQuotes(_ text: String) -> Bool {
        text.utf8.contains { [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D].contains($0) } || text.first == " " || text.last == " "
    }

    /// The characters that OWASP lists, with those of full width, and the apostrophe that we write ourselves.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return "=+-@\t\r\n＝＋－＠'".unicodeScalars.contains(first)
    }
}
