/// A phone number as WhatsApp identifies the person behind it.
enum WaID {
    /// The digits of what a caller wrote; nil when they cannot be a phone number.
    static func digits(_ input: String) -> String? {
        var input = input
        let plain = input.withUTF8 { $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
        let digits = plain ? input : input.filter { $0.isASCII && $0.isNumber }
        let strange = !plain && !input.allSatisfy { $0.isASCII && $0.isNumber || "+ -().\u{A0}".contains($0) }
        return strange || digits.utf8.count < 7 || digits.utf8.count > 15 ? nil : digits
    }

    /// Brazil, Mexico and Argentina have numbers whose `wa_id` differs from what is dialled
    /// (whatsapp-cloud-api, "What implementers get wrong", 7): Brazil without the mobile 9 from area code 31 on, Mexico with a 1 and
    /// Argentina with a 9 after the country code. Whichever form is sent, it is one person.
    static func canonical(_ digits: String) -> String {
        let bytes = Array(digits.utf8)
        func at(_ index: Int) -> Int { Int(bytes[index]) - 0x30 }
        if bytes.count == 13, digits.hasPrefix("55"), at(2) * 10 + at(3) >= 31, at(4) == 9 {
            return "55" + digits.dropFirst(2).prefix(2) + digits.suffix(8)
        }
        if bytes.count == 12, digits.hasPrefix("52") { return "521" + digits.dropFirst(2) }
        if bytes.count == 12, digits.hasPrefix("54"), at(2) != 9 { return "549" + digits.dropFirst(2) }
        return digits
    }

    /// `^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$`: a business-scoped user id.
    static func isUserID(_ text: String) -> Bool {
        let country = text.prefix(2)
        guard country.utf8.count == 2, country.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }), text.dropFirst(2).first == "." else {
            return false
        }
        var rest = text.dropFirst(3)
        if rest.hasPrefix("ENT.") { rest = rest.dropFirst(4) }
        return (1...128).contains(rest.utf8.count) && rest.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
