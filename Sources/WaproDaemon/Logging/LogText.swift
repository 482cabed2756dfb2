/// Text for a log line: whatever came from outside cannot act on a terminal, forge a line or hide what it says.
enum LogText {
    /// Controls, line separators, invisible formatting and bidirectional overrides are shown as `\n` or `\u{202e}`; a backslash stays.
    ///
    /// - Parameter limit: Unicode scalars; a longer text is cut and ends with `…`.
    static func escaped(_ text: String, limit: Int = 4096) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else { return result + "…" }
            count += 1
            if scalar == "\n" {
                result += "\\n"
            } else if scalar == "\t" {
                result += "\\t"
            } else if scalar.properties.generalCategory.isPrintable {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return result
    }

    /// A value after `key=`: bare when that is unambiguous, else in quotes.
    static func value(_ text: String) -> String {
        let clean = escaped(text)
        let bare = !clean.isEmpty && clean.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" && $0 != "\\" }
        if bare { return clean }
        return "\"" + clean.map { $0 == "\"" ? "\\\"" : String($0) }.joined() + "\""
    }
}
