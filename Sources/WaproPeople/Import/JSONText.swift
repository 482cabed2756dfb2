/// Strings as JSON has them, by the rules of `Attributes.encode`, ten times as fast: a large file has millions.
enum JSONText {
    private static let digits = Array("0123456789abcdef".unicodeScalars)

    static func quoted(_ text: String) -> String {
        var json = ""
        append(text, to: &json)
        return json
    }

    static func append(_ text: String, to json: inout String) {
        json += "\""
        if text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            for scalar in text.unicodeScalars { append(escaped: scalar, to: &json) }
        } else {
            json += text
        }
        json += "\""
    }

    private static func append(escaped scalar: Unicode.Scalar, to json: inout String) {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case "\u{08}": json += "\\b"
        case "\u{0C}": json += "\\f"
        case "\n": json += "\\n"
        case "\r": json += "\\r"
        case "\t": json += "\\t"
        case "\u{00}"..<"\u{20}":
            json += "\\u00"
            json.unicodeScalars.append(digits[Int(scalar.value >> 4)])
            json.unicodeScalars.append(digits[Int(scalar.value & 15)])
        default: json.unicodeScalars.append(scalar)
        }
    }
}
