import CSystemd
import Glibc
import WaproCore

extension OperatorLogHandler.Sink {
    /// The journal's own protocol, so that a value can never be taken for another field or entry. When journald does not take the
    /// entry it goes to standard error, which systemd reads as well.
    static let journal = Self { record in
        let fields = record.journalFields.map { Array($0.utf8) }
        let refused = withVectors(of: fields) { sd_journal_sendv($0.baseAddress, Int32($0.count)) < 0 }
        if refused { writeToStandardError(record.prioritisedLine) }
    }

    /// Lines on standard error.
    static func standardError(_ render: @escaping @Sendable (LogRecord) -> String) -> Self {
        Self { writeToStandardError(render($0)) }
    }

    /// `iovec`s that point into one buffer, which lives as long as `body` runs.
    private static func withVectors<Result>(of fields: [[UInt8]], _ body: (UnsafeBufferPointer<iovec>) -> Result) -> Result {
        var bytes = Array(fields.joined())
        return bytes.withUnsafeMutableBytes { buffer in
            var offset = 0
            let vectors = fields.map { field in
                defer { offset += field.count }
                return iovec(iov_base: buffer.baseAddress?.advanced(by: offset), iov_len: field.count)
            }
            return vectors.withUnsafeBufferPointer(body)
        }
    }

    /// One write for a line, so that lines of several threads do not mix. A log that cannot be written is not worth failing for.
    private static func writeToStandardError(_ line: String) {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}

extension Timestamp {
    /// The wall clock now, for a log line only; decisions take an injected clock.
    static var now: Timestamp { WallClock.live.now() }
}
