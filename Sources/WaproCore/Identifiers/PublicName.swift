/// Names that whoever may see status sees, as those of campaigns and lists: nobody's number may stand in one.
public enum PublicName {
    /// Whether a telephone number stands in it: a plus sign with seven digits, however they are set apart, or ten digits in a row. The eight
    /// of a date are none, nor are the twelve or fourteen of a date with its time.
    public static func tellsNumber(_ text: String) -> Bool {
        var (digits, isInternational) = (0, false)
        var row: [UInt8] = []
        for character in Array(text.utf8) + [0] {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) {
                digits += 1
                row.append(character - UInt8(ascii: "0"))
                if isInternational && digits == 7 { return true }
                continue
            }
            if row.count >= 10, !isTime(row) { return true }
            row = []
            switch character {
            case UInt8(ascii: "+"): (digits, isInternational) = (0, true)
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"): break
            default: (digits, isInternational) = (0, false)
            }
        }
        return false
    }

    /// `202611281430` or `20261128143000`, from 2020 on: the years before are the beginnings of Egyptian numbers.
    private static func isTime(_ row: [UInt8]) -> Bool {
        guard row.count == 12 || row.count == 14 else { return false }
        let parts = stride(from: 0, to: row.count, by: 2).map { row[$0] * 10 + row[$0 + 1] }
        return parts[0] == 20 && parts[1] >= 20 && 1...12 ~= parts[2] && 1...31 ~= parts[3] && parts[4] < 24
            && parts[5...].allSatisfy { $0 < 60 }
    }
}
