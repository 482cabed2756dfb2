import WaproCore
import WaproRPC

@testable import waproctl

/// Rows as waproctl exports them. The bytes are cut into cells by 0xFF, and into rows by 0xFE: UTF-8 has neither.
func checkExport(of bytes: [UInt8]) {
    let rows = bytes.split(separator: 0xFE, omittingEmptySubsequences: false).map { row in
        row.split(separator: 0xFF, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
    let columns = rows[0].count
    let even = rows.filter { $0.count == columns }
    // No spreadsheet and no importer reads a NUL, and neither do we.
    guard !bytes.contains(0), columns <= CSVReader.Limits().columns else { return }
    let header = (0..<columns).map { DelimitedText.Cell("column\($0)") }
    let lines = [DelimitedText.csv(header)] + even.map { row in DelimitedText.csv(row.map { DelimitedText.Cell(.string($0)) }) }
    guard let read = Reading(of: [Array(lines.joined(separator: "\n").utf8)[...]]).rows else {
        fatalError("what is exported is refused: \(lines)")
    }
    hold(read.count == even.count + 1, "\(even.count) rows were exported, \(read.count - 1) are read: \(lines)")
    for (row, fields) in zip(even, read.dropFirst()) {
        hold(fields.count == columns, "\(columns) cells were exported, \(fields.count) are read: \(lines)")
        for (text, field) in zip(row, fields) {
            let shielded = field.unicodeScalars.first == "'"
            let isFormula = field.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
            hold(!isFormula, "a spreadsheet calculates \(field)")
            let plain = shielded ? String(field.unicodeScalars.dropFirst()) : field
            hold(plain.unicodeScalars.elementsEqual(text.unicodeScalars), "\(text) is read as \(field)")
        }
    }
    for row in even { checkTabs(row) }
}

/// One line, and as many cells as there were.
private func checkTabs(_ row: [String]) {
    let line = DelimitedText.tsv(row.map { DelimitedText.Cell(.string($0)) })
    hold(!line.utf8.contains { $0 == 0x0A || $0 == 0x0D }, "more than one line: \(line)")
    let cells = line.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false)
    hold(cells.count == row.count, "\(row.count) cells were exported: \(line)")
    for (cell, text) in zip(cells, row) {
        var plain = String.UnicodeScalarView()
        var isEscaped = false
        // Between the braces of \u{1b}.
        var digits: String?
        for scalar in cell {
            hold(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value), "a control is left: \(line)")
            if let known = digits {
                switch scalar {
                case "{": break
                case "}":
                    plain.append(UInt32(known, radix: 16).flatMap(Unicode.Scalar.init)!)
                    digits = nil
                default: digits = known + String(scalar)
                }
                continue
            }
            switch scalar {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "t" where isEscaped: plain.append("\t")
            case "n" where isEscaped: plain.append("\n")
            case "r" where isEscaped: plain.append("\r")
            case "u" where isEscaped: digits = ""
            default: plain.append(scalar)
            }
            isEscaped = false
        }
        hold(plain.elementsEqual(text.unicodeScalars), "\(text) is read as \(String(plain))")
    }
}
