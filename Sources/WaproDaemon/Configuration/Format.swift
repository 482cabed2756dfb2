import WaproCore

/// How one kind of value is written in the configuration: read with a reason when it is refused, written back for documentation.
struct Format<Value>: Sendable {
    /// What a right value is, to follow “is not”: “a duration such as 30s”.
    let expected: String
    let read: @Sendable (String) throws(Complaint) -> Value
    let write: @Sendable (Value) -> String

    init(
        _ expected: String,
        read: @escaping @Sendable (String) throws(Complaint) -> Value,
        write: @escaping @Sendable (Value) -> String
    ) {
        self.expected = expected
        self.read = read
        self.write = write
    }

    /// For a text that is either right or not, without a better reason than `expected`.
    init(_ expected: String, parse: @escaping @Sendable (String) -> Value?, write: @escaping @Sendable (Value) -> String) {
        self.expected = expected
        self.write = write
        read = { text throws(Complaint) in
            guard let value = parse(text) else { throw Complaint(text, isNot: expected) }
            return value
        }
    }

    /// The same for a setting that may be unset.
    var optional: Format<Value?> {
        Format<Value?>(expected, read: { text throws(Complaint) in try read(text) }, write: { $0.map(write) ?? "unset" })
    }
}

extension Format<Int> {
    static func count(_ range: ClosedRange<Int>) -> Format {
        Format(
            "a whole number from \(range.lowerBound) to \(range.upperBound)",
            parse: { text in Int(text.filter { $0 != "_" }).flatMap { range.contains($0) ? $0 : nil } },
            write: { String($0) }
        )
    }

    /// Bytes: `4MiB`, `64KiB`, `2GiB` or a plain number.
    static func size(_ range: ClosedRange<Int>) -> Format {
        Format(
            "a size from \(ByteSize.render(range.lowerBound)) to \(ByteSize.render(range.upperBound)), such as 4MiB",
            parse: { text in ByteSize.parse(text).flatMap { range.contains($0) ? $0 : nil } },
            write: ByteSize.render
        )
    }
}

extension Format<Duration> {
    /// `250ms`, `30s`, `5m`, `1h`, `7d`.
    static func duration(_ range: ClosedRange<Duration>) -> Format {
        Format(
            "a duration from \(DurationText.render(range.lowerBound)) to \(DurationText.render(range.upperBound)), such as 30s",
            parse: { text in DurationText.parse(text).flatMap { range.contains($0) ? $0 : nil } },
            write: DurationText.render
        )
    }
}

extension Format<Bool> {
    static let yesOrNo = Format(
        "true or false",
        parse: { text in
            switch text.lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: nil
            }
        },
        write: { $0 ? "true" : "false" }
    )
}

extension Format where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the words of an enumeration.
    static var word: Format {
        let words = Value.allCases.map(\.rawValue)
        let expected = "one of \(words.joined(separator: ", "))"
        return Format(
            expected,
            read: { text throws(Complaint) in
                guard let value = Value(rawValue: text) else {
                    throw Complaint("\(quoted(text)) is not \(expected)\(didYouMean(text, among: words))")
                }
                return value
            },
            write: { $0.rawValue }
        )
    }
}
