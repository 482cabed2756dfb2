/// Names that whoever may see status sees, as those of campaigns and lists: nobody's number may stand in one.
public enum PublicName {
    /// Whether a telephone number stands in it: a plus sign with seven digits, however they are set apart, or ten digits in a row. The eight
    /// of a date are none.
    public static func tellsNumber(_ text: String) -> Bool {
        var (digits, inARow, isInternational) = (0, 0, false)
        for character in text.utf8 {
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                (digits, inARow) = (digits + 1, inARow + 1)
                if inARow == 10 || isInternational && digits == 7 { return true }
            case UInt8(ascii: "+"): (digits, inARow, isInternational) = (0, 0, true)
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"):
                inARow = 0
            default: (digits, inARow, isInternational) = (0, 0, false)
            }
        }
        return false
    }
}
