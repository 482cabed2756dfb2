import Logging

/// The daemon's log handler: collects metadata, leaves writing to a sink.
struct OperatorLogHandler: LogHandler {
    /// Takes a record to its place. Called on any thread; must not log.
    struct Sink: Sendable {
        let write: @Sendable (LogRecord) -> Void
    }

    let label: String
    let sink: Sink
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, level: Logger.Level, sink: Sink) {
        self.label = label
        self.sink = sink
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        sink.write(LogRecord(event, label: label, metadata: metadata, provider: metadataProvider))
    }
}
