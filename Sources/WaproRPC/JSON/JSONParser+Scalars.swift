extension JSONParser {
    mutating func word(_ word: String, _ value: JSONValue) throws(JSONFlaw) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw flaw("a value is expected here") }
        index += word.utf8.count
        return value
    }

    mutating func number() throws(JSONFlaw) -> JSONValue {
        let start = index
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        let leadingZero = current == UInt8(ascii: "0")
        let digitsStart = index
        try digits()
        if leadingZero, index - digitsStart > 1 { throw flaw("a number with a leading zero", at: start) }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        guard index - start <= limits.numberBytes else { throw flaw("a number of more than \(limits.numberBytes) characters", at: start) }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite, value != 0 || isZero(text) else { throw flaw("a number out of range", at: start) }
        return .decimal(value)
    }

    /// Whether nothing was lost when it became 0: `0.0e5`, but not `1e-400`.
    private func isZero(_ text: String) -> Bool {
        text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }.allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    }

    private mutating func digits() throws(JSONFlaw) {
        let start = index
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
        guard index > start else { throw flaw("a digit is expected here") }
    }

    mutating func string() throws(JSONFlaw) -> String {
        let start = index
        index += 1
        var copied: [UInt8] = []  // what came before the last escape
        var isCopied = false  // as long as nothing was escaped the bytes are the text
        var runStart = index
        while true {
            guard index - start <= limits.stringBytes else { throw flaw("a text of more than \(limits.stringBytes) bytes", at: start) }
            guard let byte = current else { throw flaw("the text ends inside a string", at: start) }
            if byte == UInt8(ascii: "\"") { break }
            if byte < 0x20 { throw flaw("an unescaped control character in a string") }
            if byte == UInt8(ascii: "\\") {
                isCopied = true
                copied.append(contentsOf: bytes[runStart..<index])
                try escape(into: &copied)
                runStart = index
            } else {
                index += 1
            }
        }
        let run = bytes[runStart..<index]
        index += 1
        if isCopied { copied.append(contentsOf: run) }
        let text = isCopied ? String(validating: copied, as: UTF8.self) : String(validating: run, as: UTF8.self)
        guard let text else { throw flaw("a string that is not UTF-8", at: start) }
        return text
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFlaw) {
        let start = index
        index += 1
        guard let byte = current else { throw flaw("the text ends inside a string", at: start) }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try hexadecimal())
            if code & 0xFC00 == 0xD800 {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw flaw("half of a surrogate pair", at: start) }
                let low = UInt32(try hexadecimal())
                guard low & 0xFC00 == 0xDC00 else { throw flaw("half of a surrogate pair", at: start) }
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(code) else { throw flaw("half of a surrogate pair", at: start) }
            text.append(contentsOf: UTF8.encode(scalar)!)
        default: throw flaw("an escape that JSON does not know", at: start)
        }
    }

    private mutating func hexadecimal() throws(JSONFlaw) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw flaw("four hexadecimal digits are expected here")
            }
            value = value << 4 | UInt16(digit)
            index += 1
        }
        return value
    }
}
