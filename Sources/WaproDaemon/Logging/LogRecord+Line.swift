import Logging
import WaproCore

extension LogRecord {
    /// `message key=value …`, without its line end.
    private var text: String {
        ([LogText.escaped(message)] + fields.map { "\(LogText.escaped($0.key))=\(LogText.value($0.value))" }).joined(separator: " ")
    }

    /// For somebody who looks at a terminal or a file: `2026-11-23T08:15:00.250Z warning message key=value`.
    func plainLine(at now: Timestamp) -> String { "\(now) \(level.rawValue) \(text)\n" }

    /// For a service manager that reads the priority from the beginning of a line (sd-daemon(3)): `<4>message key=value`.
    var prioritisedLine: String { "<\(level.priority)>\(text)\n" }
}
