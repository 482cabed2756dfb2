/// Rows under headings, aligned: numbers right, the rest left.
struct Table {
    struct Column {
        let heading: TerminalText
        let isNumber: Bool
    }

    let columns: [Column]
    var rows: [[TerminalText]] = []

    /// Two spaces between columns, none at the end of a line. `width` cuts lines on a terminal; nil never cuts. `isBelow` aligns to headings
    /// that were printed before.
    func lines(width: Int?, header: Bool = true, isBelow: Bool = false) -> [TerminalText] {
        let widths = columns.indices.map { column in
            max(header || isBelow ? columns[column].heading.width : 0, rows.map { $0[column].width }.max() ?? 0)
        }
        func line(_ cells: [TerminalText]) -> TerminalText {
            let padded = cells.indices.map { cells[$0].padded(to: widths[$0], onLeft: columns[$0].isNumber) }
            let line = TerminalText.joined(padded, by: "  ").trimmed
            return width.map(line.truncated) ?? line
        }
        guard header else { return rows.map(line) }
        var heading = line(columns.map(\.heading))
        heading.isHeading = true
        return [heading] + rows.map(line)
    }
}
