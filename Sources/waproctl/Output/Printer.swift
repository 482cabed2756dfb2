import Synchronization
import WaproRPC

/// Prints results in the format that was asked for.
///
/// A page of a list is its items, a row each; anything else is one row. Nothing but `table` may change between versions.
final class Printer: Sendable {
    private let globals: Globals
    private let type: @Sendable () -> WireType
    /// Fields that were asked for, else the columns that a table of this list shows.
    private let chosen: [Column]?
    private let columns: [String]?
    private let isStream: Bool
    private let hasHeader = Mutex(false)

    /// - Parameters:
    ///   - columns: what a table of a list shows; nil is all that fits into a cell.
    ///   - isStream: results keep coming, each of them a row.
    /// - Throws: when `--fields` names what is not there.
    init(
        _ globals: Globals,
        _ type: @autoclosure @escaping @Sendable () -> WireType,
        columns: [String]? = nil,
        isStream: Bool = false
    ) throws(Ending) {
        (self.globals, self.type, self.columns, self.isStream) = (globals, type, columns, isStream)
        if [.csv, .tsv, .value].contains(globals.format), case .json = type() {
            throw Ending(Ending.usage, "The result has no fields; print it with -o json or -o ndjson.")
        }
        chosen = try globals.fields.map { names throws(Ending) in try Column.read(names, among: type().rowFields) }
    }

    func print(_ reply: JSONValue) {
        let outside = Surroundings.current
        switch globals.format {
        case .table: outside.printLines(table(reply, width: outside.outputWidth))
        case .json: outside.print(TerminalText(json: isStream ? row(reply) : projected(reply), isCompact: isStream))
        case .ndjson: outside.printLines(rows(of: reply).map { TerminalText(json: row($0), isCompact: true) })
        case .csv: delimited(reply, DelimitedText.csv)
        case .tsv: delimited(reply, DelimitedText.tsv)
        case .value:
            outside.printLines(
                rows(of: reply).map { item in TerminalText.joined(cells(item).map { TerminalText(outside: $0.text) }, by: "\t") }
            )
        }
        if globals.format == .table, !globals.quiet, reply["items"]?.elements == [] { outside.complain("Nothing found.\n") }
        if let next = reply["items"] == nil ? nil : reply["next"]?.text, !globals.quiet {
            outside.complain("There is more: \(Advice.parameter("after", next))\n")
        }
    }

    /// Whether people read it, who did not choose the fields: then a reply may have a view of its own.
    var hasView: Bool { globals.format == .table && chosen == nil }

    /// Prints a reply that has a view of its own for people.
    func print<Reply: WireValue>(_ reply: JSONValue, as type: Reply.Type, table view: (Reply) -> [TerminalText]) throws {
        guard hasView else { return print(reply) }
        guard let value = try? Reply.decode(reply, .tolerant) else {
            throw Ending(.malformed("The daemon's answer is not what this version expects."))
        }
        Surroundings.current.printLines(view(value))
    }

    private func table(_ reply: JSONValue, width: Int?) -> [TerminalText] {
        guard let chosen else { return View.lines(reply, type(), columns: columns, header: !globals.noHeader, width: width) }
        var table = Table(columns: chosen.map { Table.Column(heading: View.heading($0.info), isNumber: View.isNumber($0.info.type)) })
        for item in rows(of: reply) { table.rows.append(chosen.map { View.cell($0.value(in: item), $0.info) }) }
        return table.lines(width: width, header: takeHeader(), isBelow: !globals.noHeader)
    }

    private func delimited(_ reply: JSONValue, _ write: ([DelimitedText.Cell]) -> String) {
        let outside = Surroundings.current
        var lines: [String] = []
        if takeHeader() { lines.append(write(shown.map { DelimitedText.Cell($0.name) })) }
        lines += rows(of: reply).map { write(cells($0)) }
        outside.printLines(lines.map { TerminalText(data: $0, onTerminal: outside.outputIsTerminal) })
    }

    /// Whether what is printed now begins with the names of the columns: once.
    private func takeHeader() -> Bool {
        hasHeader.withLock { has in
            defer { has = true }
            return !has && !globals.noHeader
        }
    }

    private var shown: [Column] { chosen ?? type().rowFields.map { Column(name: $0.name, path: [$0.name], info: $0) } }

    private func cells(_ item: JSONValue) -> [DelimitedText.Cell] { shown.map { DelimitedText.Cell($0.value(in: item)) } }

    private func rows(of reply: JSONValue) -> [JSONValue] { reply["items"]?.elements ?? [reply] }

    private func row(_ item: JSONValue) -> JSONValue {
        guard let chosen else { return item }
        return .object(JSONObject(chosen.map { JSONObject.Member(key: $0.name, value: $0.value(in: item) ?? .null) }))
    }

    private func projected(_ reply: JSONValue) -> JSONValue {
        guard chosen != nil, case .object(var page) = reply, let items = page["items"]?.elements else { return row(reply) }
        page["items"] = .array(items.map(row))
        return .object(page)
    }
}

/// A field of a row, perhaps inside of another.
struct Column: Sendable {
    /// `report.total`
    let name: String
    let path: [String]
    let info: FieldInfo

    func value(in row: JSONValue) -> JSONValue? {
        path.reduce(row) { $0?[$1] }
    }

    /// Reads the value of `--fields`.
    static func read(_ names: String, among fields: [FieldInfo]) throws(Ending) -> [Column] {
        var columns: [Column] = []
        for name in names.split(separator: ",").map(String.init) {
            var path = name.split(separator: ".").map(String.init)
            var (level, found) = (fields, FieldInfo?.none)
            for (depth, part) in path.enumerated() {
                // Texts by name may have any name, also one with a dot in it.
                if case .texts? = found?.type {
                    path = path[..<depth] + [path[depth...].joined(separator: ".")]
                    found = FieldInfo(name: path[depth], type: .text(nil), isRequired: false, doc: "")
                    break
                }
                found = level.first { $0.name == part }
                guard let found else {
                    let meant = Suggestion.nearest(to: part, among: level.map(\.name)).map { "Did you mean \($0)?" }
                    throw Ending(
                        Ending.usage,
                        "--fields: there is no field \(name).",
                        hint: meant ?? (level.isEmpty ? nil : "There are \(level.map(\.name).joined(separator: ", ")).")
                    )
                }
                if case .object(_, let inner) = found.type { level = inner } else { level = [] }
            }
            if let found { columns.append(Column(name: name, path: path, info: found)) }
        }
        guard !columns.isEmpty else { throw Ending(Ending.usage, "--fields names no field.") }
        return columns
    }
}

extension WireType {
    /// The fields of a row: of an item for a page of a list, else of the value itself.
    var rowFields: [FieldInfo] {
        guard case .object(_, let fields) = self else { return [] }
        if fields.count == 2, case .list(.object(_, let items))? = fields.first(where: { $0.name == "items" })?.type { return items }
        return fields
    }
}
