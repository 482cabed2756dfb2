/// The state machine of `CSVReader`, once the separator is known: bytes in, records out.
struct CSVScanner: Sendable {
    private enum State {
        /// At the beginning of a field.
        case start
        case plain
        case quoted
        /// After a quote inside a quoted field: its end, or the first half of a quote that is meant.
        case quote
        /// Looking for a line break, because a quote seems never to close.
        case lost
    }

    private let separator: UInt8
    private let limits: CSVReader.Limits
    private var state = State.start
    /// The physical line of the next byte, and of the row's first.
    private var line = 1
    private var rowLine = 1
    private var quoteLine = 1
    /// The last byte was a CR, so an LF belongs to it.
    private var afterReturn = false
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The highest byte of the row: above 127, its UTF-8 has to be checked.
    private var highest: UInt8 = 0
    /// How many bytes the row's fields have, those included that are not kept because of a fault.
    private var length = 0
    /// The last byte of a quoted field so far, to count a CR LF once.
    private var lastQuoted: UInt8 = 0
    private var fault: CSVFault.Reason?
    /// How many columns the first row has; 0 before it.
    private var columns = 0

    init(separator: UInt8, limits: CSVReader.Limits) {
        (self.separator, self.limits) = (separator, limits)
    }

    /// Whether there was no row at all.
    var isEmpty: Bool { columns == 0 }

    mutating func scan(_ piece: Slice<UnsafeBufferPointer<UInt8>>, into records: inout [CSVRecord]) throws(CSVRefusal) {
        let piece = UnsafeBufferPointer(rebasing: piece)
        var index = 0
        while index < piece.count {
            let byte = piece[index]
            if afterReturn {
                afterReturn = false
                if byte == 0x0A {
                    index += 1
                    continue
                }
            }
            switch state {
            case .start where byte == UInt8(ascii: "\""):
                state = .quoted
                quoteLine = line
                lastQuoted = byte
                index += 1
            case .start, .plain:
                let end = plainEnd(piece, from: index)
                keep(piece[index..<end])
                index = end
                guard end < piece.count else {
                    state = .plain
                    break
                }
                try separate(piece[end], into: &records)
                index += 1
            case .quoted:
                let end = try quotedEnd(piece, from: index)
                keep(piece[index..<end])
                index = end
                if length > limits.rowBytes {
                    state = .lost
                    afterReturn = lastQuoted == 0x0D
                } else if end < piece.count {
                    state = .quote
                    index += 1
                }
            case .quote where byte == UInt8(ascii: "\""):
                keep(piece[index...index])
                state = .quoted
                lastQuoted = byte
                index += 1
            case .quote:
                if byte == separator || byte == 0x0A || byte == 0x0D || byte == 0 {
                    try separate(byte, into: &records)
                    index += 1
                } else {
                    fault = fault ?? .textAfterQuote
                    state = .plain
                }
            case .lost:
                index += 1
                if byte == 0x0A || byte == 0x0D {
                    fault = .unterminatedQuote(line: quoteLine, through: line)
                    try separate(byte, into: &records)
                } else if byte == 0 {
                    throw .nul(line: line)
                }
            }
        }
    }

    mutating func finish(into records: inout [CSVRecord]) throws(CSVRefusal) {
        switch state {
        case .quoted, .lost:
            fault = .unterminatedQuote(line: quoteLine, through: line)
            try endRow(into: &records)
        case .start where ends.isEmpty && bytes.isEmpty && fault == nil: break
        case .start, .plain, .quote: try endRow(into: &records)
        }
    }

    // MARK: Runs of bytes

    /// Where the separator, line break or NUL is that ends a field without quotes.
    private mutating func plainEnd(_ piece: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        var high: UInt8 = 0
        let separator = separator
        while index < piece.count {
            let byte = piece[index]
            if byte == separator || (byte < 0x0E && (byte == 0x0A || byte == 0x0D || byte == 0)) { break }
            high |= byte
            index += 1
        }
        highest |= high
        return index
    }

    /// Where the next quote is, or the byte that is too much for a row; counts the lines on the way.
    private mutating func quotedEnd(_ piece: UnsafeBufferPointer<UInt8>, from start: Int) throws(CSVRefusal) -> Int {
        let limit = min(piece.count, start + limits.rowBytes - length + 1)
        var index = start
        var last = lastQuoted
        var high: UInt8 = 0
        while index < limit {
            let byte = piece[index]
            if byte == UInt8(ascii: "\"") { break }
            if byte < 0x0E {
                if byte == 0 { throw .nul(line: line) }
                if byte == 0x0D || (byte == 0x0A && last != 0x0D) { line += 1 }
            }
            last = byte
            high |= byte
            index += 1
        }
        lastQuoted = last
        highest |= high
        return index
    }

    private mutating func keep(_ run: Slice<UnsafeBufferPointer<UInt8>>) {
        length += run.count
        if fault == nil, length > limits.rowBytes { fault = .tooLong(limit: limits.rowBytes) }
        if fault == nil { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: run)) }
    }

    // MARK: Ends of fields and rows

    private mutating func separate(_ byte: UInt8, into records: inout [CSVRecord]) throws(CSVRefusal) {
        if byte == 0 { throw .nul(line: line) }
        if byte == separator {
            endField()
            state = .start
            return
        }
        try endRow(into: &records)
        line += 1
        rowLine = line
        state = .start
        afterReturn = byte == 0x0D
    }

    private mutating func endField() {
        if fault == nil, ends.count >= limits.columns { fault = .tooManyColumns(limit: limits.columns) }
        if fault == nil { ends.append(bytes.count) }
    }

    private mutating func endRow(into records: inout [CSVRecord]) throws(CSVRefusal) {
        endField()
        if highest >= 0x80, fault == nil { try checkEncoding() }
        let hasQuote = if case .quote = state { true } else { false }
        let isBlank = fault == nil && ends.count == 1 && bytes.isEmpty && !hasQuote
        if !isBlank {
            if columns == 0 { columns = max(1, ends.count) }
            if fault == nil, ends.count > columns, ends[columns - 1] < bytes.count { fault = .moreThanHeader(columns: columns) }
            if let fault {
                records.append(.fault(CSVFault(line: rowLine, reason: fault)))
            } else {
                records.append(.row(CSVRow(line: rowLine, bytes: bytes, ends: ends)))
            }
        }
        if isBlank {
            ends.removeAll(keepingCapacity: true)
        } else {
            // The row has taken them over; the next one is about as large.
            let size = bytes.count
            bytes = []
            bytes.reserveCapacity(size + size / 4)
            ends = []
            ends.reserveCapacity(columns)
        }
        length = 0
        highest = 0
        fault = nil
    }

    /// Each field by itself, for a sequence that begins in one and goes on in the next is none.
    private func checkEncoding() throws(CSVRefusal) {
        var start = 0
        for end in ends {
            guard String(validating: bytes[start..<end], as: UTF8.self) != nil else { throw .notUTF8(line: rowLine) }
            start = end
        }
    }
}
