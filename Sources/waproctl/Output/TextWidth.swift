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
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        // U+FE0F asks for the emoji form of what comes before it.
        if scalars.contains(where: { $0.value == 0xFE0F || isWide($0) }) { return 2 }
        return scalars.allSatisfy(combines) ? 0 : 1
    }

    /// East Asian Wide and Fullwidth (UAX #11), in ranges broad enough to need no table.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
