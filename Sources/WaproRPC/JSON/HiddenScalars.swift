extension Unicode.Scalar {
    /// Wherever it stands: controls (C0, DEL, C1), bidirectional controls, fillers and zero-width characters, line separators, tags, private use,
    /// unassigned. Such a scalar acts on a terminal, or shows nothing there. What depends on its neighbours, `HiddenScalars` knows.
    public var hidesOnTerminal: Bool {
        if value >= 0x20, value < 0x7F { return false }
        if isJoiner || isVariationSelector { return false }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
        // Among letters and marks there are some that nobody sees, such as the fillers of Hangul.
        default: return properties.isDefaultIgnorableCodePoint
        }
    }

    /// The zero-width non-joiner and joiner.
    fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }

    /// Those of emoji, symbols and East Asian signs. The 240 others are for old forms of ideographs, and hide everywhere.
    fileprivate var isVariationSelector: Bool { (0xFE00...0xFE0F).contains(value) }

    /// Whether it is a picture, of which joiners make others. Digits are emoji too (with a keycap), but are joined to nothing.
    fileprivate var isPicture: Bool { value >= 0x2190 && properties.isEmoji }

    /// Whether it may have a variant: emoji have, and signs from Myanmar's on. No letter of Latin, Greek, Cyrillic, Hebrew or Arabic has one.
    fileprivate var mayVary: Bool {
        guard value >= 0x1000 else { return properties.isEmoji }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return false
        default: return true
        }
    }
}

/// Reads a text from its beginning, and tells of each scalar whether it acts on a terminal or hides there.
///
/// A joiner or a variation selector shows nothing by itself, so that two names with and without it look the same; but families of emoji are
/// made with them, and so are letters of India after a virama. There they stay.
public struct HiddenScalars {
    /// What was shown last: what a joiner or a selector would belong to.
    private enum Last {
        case other
        case virama
        /// It may have one variation selector.
        case variable
        /// It may have a variation selector, and be joined.
        case picture
        /// It has its selector, and may be joined.
        case variedPicture
    }

    private var last = Last.other

    /// Calls `body` with each scalar, and with whether it hides.
    public static func each(of scalars: String.UnicodeScalarView, _ body: (Unicode.Scalar, _ hides: Bool) -> Void) {
        var hidden = HiddenScalars()
        var rest = scalars.makeIterator()
        var current = rest.next()
        while let scalar = current {
            let next = rest.next()
            body(scalar, hidden.hides(scalar, before: next))
            current = next
        }
    }

    private mutating func hides(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
        if scalar.isJoiner {
            let stays = joins(scalar, next)
            last = .other
            return !stays
        }
        if scalar.isVariationSelector {
            let stays = last == .picture || last == .variable
            last = last == .picture ? .variedPicture : .other
            return !stays
        }
        let hides = scalar.hidesOnTerminal
        last = hides ? .other : Self.kind(of: scalar)
        return hides
    }

    private func joins(_ joiner: Unicode.Scalar, _ next: Unicode.Scalar?) -> Bool {
        switch last {
        case .virama: true
        case .picture, .variedPicture: joiner.value == 0x200D && next?.isPicture == true
        case .other, .variable: false
        }
    }

    private static func kind(of scalar: Unicode.Scalar) -> Last {
        if scalar.isPicture { return .picture }
        if scalar.mayVary { return .variable }
        return scalar.value >= 0x900 && scalar.properties.canonicalCombiningClass == .virama ? .virama : .other
    }
}
