/// Cuts bytes into lines: LF ends one, a CR before it is tolerated, empty lines are ignored.
///
/// It holds at most one line's limit and what was appended last.
struct LineFramer {
    /// Bytes of a line at most, its end not counted.
    let limit: Int
    private var bytes: [UInt8] = []
    /// Everything before was given out.
    private var start = 0
    /// Everything before was searched for a line's end.
    private var searched = 0
    private var isOver = false

    init(limit: Int) {
        self.limit = limit
    }

    private static let verbs = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "CONNECT ", "TRACE ", "PRI * HTTP"]

    /// Whether a line was begun and not finished.
    var isPartial: Bool { !isOver && start < bytes.count }

    mutating func append(_ more: some Sequence<UInt8>) {
        guard !isOver else { return }
        if start > 0 {
            bytes.removeSubrange(..<start)
            searched -= start
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next frame; nil when more bytes are needed.
    mutating func next() -> Frame? {
        while !isOver {
            guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
                searched = bytes.count
                return bytes.count - start > limit + 1 ? over(.oversized) : nil
            }
            let line = bytes[start..<end]
            start = end + 1
            searched = start
            if let frame = frame(line) { return frame }
        }
        return nil
    }

    /// No more bytes will come: what is left is a line too.
    mutating func finish() -> Frame? {
        guard isPartial else { return nil }
        let line = bytes[start...]
        start = bytes.count
        searched = start
        return frame(line)
    }

    /// Nil for an empty line.
    private mutating func frame(_ line: ArraySlice<UInt8>) -> Frame? {
        let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if line.isEmpty { return nil }
        if line.count > limit { return over(.oversized) }
        let isWord = line.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
        if isWord, Self.verbs.contains(where: { line.starts(with: $0.utf8) }) { return over(.http) }
        return .line(Array(line))
    }

    private mutating func over(_ frame: Frame) -> Frame {
        isOver = true
        bytes = []
        (start, searched) = (0, 0)
        return frame
    }
}
