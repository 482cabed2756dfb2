/// The digits in what somebody wrote as a telephone number.
///
/// Bytes of ASCII are read one by one; what spreadsheets and phones put between digits otherwise (no-break spaces, long dashes,
/// directional marks, full-width or Arabic digits) is decoded when it comes.
struct PhoneText {
    private(set) var digits = DigitRun()
    private(set) var hasPlus = false
    private var overflows = false
    /// Those between digits, and those since the last digit: what stands around a number says nothing about it.
    private var (separators, pending) = (0, 0)
    /// What stood before the last point, and how much came between: for `447700900123.0`, a number that was once a fraction.
    private var beforePoint: (digits: DigitRun, separators: Int)?
    private var hasComma = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(PhoneNumberRefusal) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte.isDigit {
                add(byte & 15)
                continue
            }
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"), UInt8(ascii: "["),
                UInt8(ascii: "]"):
                pending += 1
            case UInt8(ascii: "."):
                beforePoint = (digits, separators + pending)
                pending += 1
            case UInt8(ascii: "'") where digits.count == 0 && !hasPlus: continue  // what makes a spreadsheet's cell text
            case UInt8(ascii: "+"): try addPlus()
            case UInt8(ascii: ","): hasComma = true
            case UInt8(ascii: "E"), UInt8(ascii: "e"):
                throw digits.count > 0 && (beforePoint != nil || hasComma) && Self.isExponent(bytes[index...])
                    ? .spreadsheetNotation : .letters
            case 0x80...: try add(Self.scalar(bytes, at: &index))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): throw .letters
            default: throw .notANumber
            }
        }
        if hasComma { throw .notANumber }
        if overflows { throw .tooLong(callingCode: nil) }
        if digits.count == 0 { throw hasPlus || beforePoint != nil ? .notANumber : .empty }
        if let whole = beforePoint, whole.separators + 1 == separators, whole.separators <= 1, whole.digits.count >= 7,
            (1...2).contains(digits.count - whole.digits.count), digits.dropping(whole.digits.count).value == 0
        {
            digits = whole.digits
        }
    }

    private mutating func add(_ digit: UInt8) {
        if digits.count > 0 { separators += pending }
        pending = 0
        if digits.count < DigitRun.capacity { digits.append(digit) } else { overflows = true }
    }

    private mutating func addPlus() throws(PhoneNumberRefusal) {
        guard digits.count == 0, !hasPlus else { throw .notANumber }
        hasPlus = true
    }

    /// `+11`, `11`: what follows the E.
    private static func isExponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let digits = bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
        return !digits.isEmpty && digits.allSatisfy { $0.isDigit || $0 == 0x20 }
    }

    // MARK: Beyond ASCII

    private mutating func add(_ scalar: Unicode.Scalar?) throws(PhoneNumberRefusal) {
        guard let scalar else { throw .notANumber }
        let properties = scalar.properties
        if properties.numericType == .decimal, let value = properties.numericValue { return add(UInt8(value)) }
        if scalar == "\u{FF0B}" { return try addPlus() }
        switch properties.generalCategory {
        case .spaceSeparator, .dashPunctuation, .format, .openPunctuation, .closePunctuation: pending += 1
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: throw .letters
        default:
            // Minus sign, full-width full stop and solidus, middle dot, typographic apostrophes.
            guard "\u{2212}\u{FF0E}\u{FF0F}\u{B7}\u{2019}\u{2018}".unicodeScalars.contains(scalar) else { throw .notANumber }
            pending += 1
        }
    }

    /// Decodes the scalar whose first byte is before `index`; nil when the bytes are not UTF-8.
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) -> Unicode.Scalar? {
        let end = min(index + 3, bytes.count)
        var decoder = UTF8()
        var rest = bytes[(index - 1)..<end].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return nil }
        index += UTF8.width(scalar) - 1
        return scalar
    }
}
