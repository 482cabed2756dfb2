import WaproCore
import WaproStore

/// A file that comes in pieces, cut into chunks of checked rows.
struct ImportFile: Sendable {
    private var reader = CSVReader()
    private var columns: ImportColumns?
    /// What the pieces so far held and no chunk has taken.
    private var records: ArraySlice<CSVRecord> = []
    /// Met behind `records`.
    private var flaw: ImportFlaw?
    private let defaultRegion: Region?

    init(defaultRegion: Region?) {
        self.defaultRegion = defaultRegion
    }

    mutating func append(_ bytes: [UInt8], isLast: Bool) {
        do {
            records += try reader.feed(bytes)
            if isLast { records += try reader.finish() }
        } catch {
            flaw = .unreadable(error)
        }
    }

    /// The next rows; nil when there are no more in the pieces that came.
    mutating func next() throws(ImportFlaw) -> ImportChunk? {
        if columns == nil, let first = records.popFirst() {
            switch first {
            case .row(let row): columns = try ImportColumns(row, defaultRegion: defaultRegion)
            case .fault(let fault): throw .unreadableHeader(fault)
            }
        }
        var chunk = ImportChunk()
        while let columns, !chunk.isFull, let record = records.popFirst() {
            switch record {
            case .row(let row):
                switch columns.read(row) {
                case .success(let contact): chunk.rows.append(contact)
                case .failure(let refusal): chunk.faults.append(refusal.fault)
                }
            case .fault(let fault): chunk.faults.append(ImportFault(line: fault.line, field: nil, reason: fault.words))
            }
        }
        if !chunk.isEmpty { return chunk }
        if let flaw { throw flaw }
        return nil
    }
}
