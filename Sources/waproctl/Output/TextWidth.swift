/// How many columns text takes on a terminal, near enough: wide East Asian characters and emoji two, combining marks none.
enum TextWidth {
    static func of(_ text: String) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + of($1) }
    }

    /// As many characters from the beginning as fit.
    static func prefix(of text: String, width: Int) -> String {
        var room = width
        return String(
            text.prefix { character in
                room -= of(character)
                return room >= 0
            }
        )
    }

    static func combines(_ scalar: Unicode.Scalar) -> Bool {
        // None is below; the question takes most of the time of a table.
        guard scalar.value >= 0x300 else { return false }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// An emoji is one picture, however many scalars it has. Of anything else every scalar has its own columns: so a text is as wide after
    /// a space as alone, although its first scalar may belong to the same character as the space.
    private static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        // U+FE0F asks for the emoji form of what comes before it.
        let isPicture = scalars.first.map { isWide($0) || scalars.contains { $0.value == 0xFE0F } } ?? false
        if isPicture, scalars.first?.properties.isEmoji == true { return 2 }
        return scalars.reduce(0) { $0 + of($1) }
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if combines(scalar) { return 0 }
        switch scalar.value {
        // The zero-width joiners; vowels and finals of Hangul, which stand in the square of the consonant before them.
        case 0x200C, 0x200D, 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    /// East Asian Wide and Fullwidth (UAX #11), in ranges broad enough to need no table.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x1100: false
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
