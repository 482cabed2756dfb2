import WaproCore

/// A file is read the same however it comes in pieces, and what is exported is read as what it was.
///
/// The last byte chooses the size of the pieces and the limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func csv(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var bytes = input(start, count)
    let choice = bytes.takeLast()
    let limits = choice < 128 ? CSVReader.Limits() : CSVReader.Limits(rowBytes: 24, columns: 3)
    let whole = Reading(of: [bytes[...]], limits)
    let cut = Reading(of: bytes.pieces(of: choice % 128 % 9), limits)
    hold(
        whole.refusal == cut.refusal,
        "refused with \("\(cut.refusal, default: "nothing")"), in one piece \(whole.refusal, default: "nothing")"
    )
    // A file that is refused is imported up to there or not at all: how far it was read is nobody's business.
    if whole.refusal == nil { hold(whole.records == cut.records, "\(cut.records), in one piece \(whole.records)") }
    whole.check(limits, lines: bytes.count { $0 == 0x0A || $0 == 0x0D } + 1)
    checkExport(of: bytes)
    return 0
}

/// What came out of a file.
struct Reading {
    private(set) var records: [CSVRecord] = []
    private(set) var refusal: CSVRefusal?

    init(of pieces: [ArraySlice<UInt8>], _ limits: CSVReader.Limits = CSVReader.Limits()) {
        var reader = CSVReader(limits: limits)
        do throws(CSVRefusal) {
            for piece in pieces { records += try reader.feed(piece) }
            records += try reader.finish()
        } catch {
            refusal = error
            let again = Result { () throws(CSVRefusal) in try reader.feed([UInt8(ascii: "a")]) }
            hold(again == .failure(error), "after a refusal it goes on")
        }
    }

    /// The rows' fields; nil when there is something else than rows.
    var rows: [[String]]? {
        guard refusal == nil else { return nil }
        var rows: [[String]] = []
        for record in records {
            guard case .row(let row) = record else { return nil }
            rows.append((0..<row.count).map(row.text))
        }
        return rows
    }

    func check(_ limits: CSVReader.Limits, lines: Int) {
        var last = 0
        for record in records {
            var line = 0
            switch record {
            case .row(let row):
                line = row.line
                hold((1...limits.columns).contains(row.count), "\(row.count) columns")
                let size = (0..<row.count).reduce(0) { $0 + row.text($1).utf8.count }
                hold(size <= limits.rowBytes, "a row of \(size) bytes")
                for column in 0...row.count {
                    hold(row.isEmpty(column) == row.text(column).isEmpty, "empty, or not")
                    hold(row.text(column).contains(row.trimmed(column)), "trimmed to something else")
                }
                if last == 0 { _ = try? CSVHeader(row, required: ["phone"]) }
            case .fault(let fault):
                line = fault.line
                if case .unterminatedQuote(let quote, let through) = fault.reason {
                    hold(line <= quote && quote <= through && through <= lines, "\(fault)")
                }
            }
            hold(last < line && line <= lines, "line \(line) of \(lines) after line \(last)")
            last = line
        }
    }
}
