/// What a named user may be called: one that two people cannot read as two names, that is no option of a command line, and that is nobody's
/// telephone number, since it stands in the log.
public enum UserName {
    private static let longest = 64
    private static let digitsInARow = 6

    public static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), text.utf8.count <= longest else { return false }
        var digits = 0
        return text.utf8.allSatisfy { byte in
            digits = isDigit(byte) ? digits + 1 : 0
            return digits <= digitsInARow && (isLetter(byte) || isDigit(byte) || "._@-".utf8.contains(byte))
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
