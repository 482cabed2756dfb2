import WaproRPC

/// Text that is safe to print: the only thing that can be printed.
///
/// Literals are ours and taken as they are; everything interpolated comes from outside and is made harmless: what would act on a
/// terminal, or hide there, becomes visible instead.
struct TerminalText: Sendable, Hashable {
    private(set) var string: String
    /// Whether it stands over others; shown where there is colour.
    var isHeading = false

    /// Makes any text harmless.
    init(outside text: String) {
        string = Self.harmless(text)
    }

    /// JSON escapes by itself what does not show.
    init(json: JSONValue, isCompact: Bool = false) {
        string = isCompact ? json.compact : json.indented
    }

    /// Rows for other programs are what they are, unless a terminal would read them.
    init(data text: String, onTerminal: Bool) {
        string = onTerminal ? Self.harmless(text) : text
    }

    private init(trusted: String) {
        string = trusted
    }

    static let empty = TerminalText(trusted: "")

    static func + (left: TerminalText, right: TerminalText) -> TerminalText {
        var text = right
        text.string = left.string + right.string
        return text
    }

    static func += (left: inout TerminalText, right: TerminalText) {
        left.string += right.string
    }

    /// Columns that it takes on a terminal.
    var width: Int { TextWidth.of(string) }

    /// At most so wide, the end replaced by an ellipsis.
    func truncated(to limit: Int) -> TerminalText {
        width <= limit ? self : with(TextWidth.prefix(of: string, width: max(limit - 1, 0)) + "…")
    }

    func padded(to width: Int, onLeft: Bool = false) -> TerminalText {
        let space = String(repeating: " ", count: max(0, width - self.width))
        return with(onLeft ? space + string : string + space)
    }

    /// Without spaces at its end.
    var trimmed: TerminalText {
        var text = string
        while text.last == " " { text.removeLast() }
        return with(text)
    }

    private func with(_ string: String) -> TerminalText {
        var text = self
        text.string = string
        return text
    }

    /// As it is written to a terminal with colour, or elsewhere.
    func rendered(inColor: Bool) -> String { inColor && isHeading ? "\u{1B}[1m\(string)\u{1B}[0m" : string }

    static func joined(_ texts: [TerminalText], by separator: StaticString) -> TerminalText {
        TerminalText(trusted: texts.map(\.string).joined(separator: "\(separator)"))
    }

    /// Combining marks that may follow each other; more are piled up to smear over the lines around.
    private static let marksInARow = 8

    private static func harmless(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var (kept, result) = (String.UnicodeScalarView(), String.UnicodeScalarView())
        var marks = 0
        for scalar in text.unicodeScalars {
            marks = TextWidth.combines(scalar) ? marks + 1 : 0
            if marks <= marksInARow { kept.append(scalar) }
        }
        HiddenScalars.each(of: kept) { scalar, hides in
            switch scalar {
            case "\n": result.append("⏎")
            case "\t": result.append("⇥")
            case _ where hides: result.append(contentsOf: escape(scalar).unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// `\u{202e}`
    static func escape(_ scalar: Unicode.Scalar) -> String { "\\u{\(String(scalar.value, radix: 16))}" }
}

extension TerminalText: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { string = value }
    init(stringInterpolation: Interpolation) { string = stringInterpolation.text }

    struct Interpolation: StringInterpolationProtocol {
        var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ safe: TerminalText) { text += safe.string }
        mutating func appendInterpolation(_ outside: String) { text += TerminalText(outside: outside).string }
        mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    }
}
