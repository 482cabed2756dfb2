/// A command line as bash has it up to the cursor, read as the shell reads it. Nothing in it is expanded or run.
struct ShellLine {
    private typealias Scalars = String.UnicodeScalarView

    /// Without their quotes and without the name of the program; the last one is being typed.
    private(set) var words: [String] = []
    /// Whether the last word is the file of a redirection.
    private(set) var isRedirection = false
    /// The quote that is open at the cursor.
    private var quote: Unicode.Scalar?
    /// How much of the last word is before what bash replaces: it breaks words where we do not, and it leaves the open quote.
    private var kept = 0
    private var keptBeforeQuote = 0
    private var word = Scalars()
    private var isBegun = false

    /// - Parameter breaks: where bash breaks words, `COMP_WORDBREAKS`.
    init(_ line: String, breaks: String) {
        let breaks = Set(breaks.unicodeScalars)
        var rest = Array(line.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            if quote != nil {
                readQuoted(scalar, &rest)
            } else if scalar == " " || scalar == "\t" || scalar == "\n" {
                endWord()
            } else if scalar == "<" || scalar == ">" {
                // A number before it is that of a descriptor.
                if word.allSatisfy({ ("0"..."9").contains($0) }) { (word, isBegun) = (Scalars(), false) }
                endWord()
                isRedirection = true
            } else {
                isBegun = true
                readPlain(scalar, &rest)
                if breaks.contains(scalar), scalar != "\\", quote == nil { kept = word.count }
            }
        }
        words.append(String(word))
        if !words.isEmpty { words.removeFirst() }
    }

    private mutating func readQuoted(_ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) {
        if scalar == quote {
            (quote, kept) = (nil, keptBeforeQuote)
        } else if quote == "\"", scalar == "\\", let next = rest.first, Self.specialInQuotes.contains(next) {
            word.append(rest.removeFirst())
        } else {
            word.append(scalar)
        }
    }

    private mutating func readPlain(_ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) {
        switch scalar {
        case "\\":
            if let next = rest.popFirst() { word.append(next) }
        case "\"", "'":
            (quote, keptBeforeQuote, kept) = (scalar, kept, word.count)
        default: word.append(scalar)
        }
    }

    private mutating func endWord() {
        if isBegun, isRedirection { isRedirection = false } else if isBegun { words.append(String(word)) }
        (word, isBegun, kept) = (Scalars(), false, 0)
    }

    /// What bash has to put into the place of what was typed so that the last word becomes this one; nil when it does not begin like this.
    /// A name is somebody's text, and the shell must not read it as anything else.
    func replacement(_ candidate: String) -> String? {
        let scalars = candidate.unicodeScalars
        guard scalars.starts(with: word) else { return nil }
        var text = Scalars()
        for scalar in scalars.dropFirst(kept) {
            switch quote {
            case "'"?:
                // It cannot stand inside.
                text.append(contentsOf: scalar == "'" ? "'\\''".unicodeScalars : Scalars([scalar]))
            case _?:
                if Self.specialInQuotes.contains(scalar) { text.append("\\") }
                text.append(scalar)
            case nil:
                if scalar.isASCII, !scalar.properties.isAlphabetic, !Self.plain.contains(scalar) { text.append("\\") }
                text.append(scalar)
            }
        }
        return String(text)
    }

    private static let specialInQuotes: Set<Unicode.Scalar> = ["\"", "\\", "$", "`"]
    private static let plain = Set("0123456789_@%+=:,./-".unicodeScalars)
}
