/// What a named user may be called: one that two people cannot read as two names, and that fits into a line of the log.
public enum UserName {
    public static func isValid(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || "._@-".utf8.contains(byte)
            }
    }
}
