extension LogRecord {
    /// The fields of a journal entry, each `NAME=value` (systemd.journal-fields(7)). Metadata `campaign` becomes `WAPRO_CAMPAIGN`;
    /// the value of `event` is an `OperatorEvent` when it has a `MESSAGE_ID`.
    var journalFields: [String] {
        var result = [
            "MESSAGE=\(LogText.escaped(message))", "PRIORITY=\(level.priority)", "SYSLOG_IDENTIFIER=waprod", "CODE_FILE=\(file)",
            "CODE_LINE=\(line)", "CODE_FUNC=\(function)", "WAPRO_LOGGER=\(LogText.escaped(label))",
        ]
        if let event = OperatorEvent(fields) {
            result += ["MESSAGE_ID=\(event.messageID)", "DOCUMENTATION=man:waprod(8)"]
        }
        return result + fields.map { "\(Self.fieldName($0.key))=\(LogText.escaped($0.value))" }
    }

    /// Upper case letters, digits and `_`, at most 64 bytes: the journal drops an entry's field that is named otherwise.
    static func fieldName(_ key: String) -> String {
        let bytes = key.utf8.prefix(58).map { byte in
            switch byte {
            case 97...122: byte - 32
            case 65...90, 48...57: byte
            default: UInt8(ascii: "_")
            }
        }
        return "WAPRO_" + String(decoding: bytes, as: UTF8.self)
    }
}
