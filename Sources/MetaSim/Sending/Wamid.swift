/// WhatsApp message ids in the layout seen in the wild (whatsapp-cloud-api, "Response"):
/// `wamid.` and the base64 of `1C 18 <len><digits> 15 02 00 <11 business | 12 user> 18 <len><hex id> 00`.
enum Wamid {
    enum Sender: UInt8 {
        case business = 0x11
        case user = 0x12
    }

    /// `digits` is the other party's phone number; a person known only by user id is written as `0`.
    static func make(digits: String, from sender: Sender, id: UInt64, check: UInt8) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(48)
        bytes += [0x1C, 0x18, UInt8(truncatingIfNeeded: digits.utf8.count)]
        bytes.append(contentsOf: digits.utf8)
        bytes += [0x15, 0x02, 0x00, sender.rawValue, 0x18]
        // A phone's own ids are 20 digits that begin with 3A, the platform's 18.
        if sender == .user {
            bytes += [20, UInt8(ascii: "3"), UInt8(ascii: "A")]
        } else {
            bytes.append(18)
        }
        for shift in stride(from: 60, through: 0, by: -4) { bytes.append(hexadecimal(UInt8(id >> UInt64(shift) & 0xF))) }
        bytes += [hexadecimal(check >> 4), hexadecimal(check & 0xF), 0x00]
        return "wamid." + base64(bytes)
    }

    /// Whether it can be the id of a message that a user sent, which is the only kind a business can mark as read.
    static func isFromUser(_ wamid: String) -> Bool {
        guard wamid.hasPrefix("wamid."), let bytes = decode(wamid.dropFirst(6)), bytes.count > 7, bytes[0] == 0x1C else { return false }
        let at = 3 + Int(bytes[2]) + 3
        return at < bytes.count && bytes[at] == Sender.user.rawValue
    }

    /// The phone number in a wamid; nil when the other party is known by user id only.
    static func digits(_ wamid: String) -> String? {
        guard wamid.hasPrefix("wamid."), let bytes = decode(wamid.dropFirst(6)), bytes.count > 3, bytes.count >= 3 + Int(bytes[2]) else {
            return nil
        }
        let digits = String(decoding: bytes[3..<3 + Int(bytes[2])], as: UTF8.self)
        return digits == "0" ? nil : digits
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 0x30 + digit : 0x37 + digit
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func base64(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let b =
                UInt32(bytes[start]) << 16 | UInt32(start + 1 < bytes.count ? bytes[start + 1] : 0) << 8
                | UInt32(start + 2 < bytes.count ? bytes[start + 2] : 0)
            out.append(alphabet[Int(b >> 18)])
            out.append(alphabet[Int(b >> 12 & 63)])
            out.append(start + 1 < bytes.count ? alphabet[Int(b >> 6 & 63)] : UInt8(ascii: "="))
            out.append(start + 2 < bytes.count ? alphabet[Int(b & 63)] : UInt8(ascii: "="))
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func decode(_ text: Substring) -> [UInt8]? {
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return out
    }
}
