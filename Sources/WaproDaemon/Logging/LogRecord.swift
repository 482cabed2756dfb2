import Logging

/// One log event with its metadata laid flat: what both the journal and standard error are written from.
struct LogRecord {
    let level: Logger.Level
    let message: String
    /// Keys in their order of first appearance in sorted metadata, nested ones joined with `_`.
    let fields: [(key: String, value: String)]
    let label: String
    let file: String
    let function: String
    let line: UInt

    init(_ event: LogEvent, label: String, metadata: Logger.Metadata, provider: Logger.MetadataProvider?) {
        level = event.level
        message = event.message.description
        self.label = label
        file = event.file
        function = event.function
        line = event.line
        var merged = metadata
        for extra in [provider?.get(), event.metadata].compactMap({ $0 }) {
            merged.merge(extra) { $1 }
        }
        var fields: [(String, String)] = []
        for (key, value) in merged.sorted(by: { $0.key < $1.key }) { Self.flatten(key, value, into: &fields) }
        if let error = event.error { fields.append(("error", "\(error)")) }
        self.fields = fields
    }

    private static func flatten(_ key: String, _ value: Logger.Metadata.Value, into fields: inout [(String, String)]) {
        switch value {
        case .string(let text): fields.append((key, text))
        case .stringConvertible(let value): fields.append((key, value.description))
        case .array(let values): fields.append((key, values.map(\.description).joined(separator: ",")))
        case .dictionary(let values):
            for (inner, value) in values.sorted(by: { $0.key < $1.key }) { flatten("\(key)_\(inner)", value, into: &fields) }
        }
    }
}

extension Logger.Level {
    /// syslog(3): 0 emergency … 7 debug.
    var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
