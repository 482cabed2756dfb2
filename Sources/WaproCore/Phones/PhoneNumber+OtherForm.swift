extension PhoneNumber {
    /// The same number as the other of the two writes it, who dials or WhatsApp: with and without Mexico's 1 and Argentina's 9 after the
    /// calling code, and the 9 that Brazil has put before eight digits (whatsapp-cloud-api.md §11.7). Nil elsewhere.
    public var otherForm: PhoneNumber? {
        // Asked of each row of a file: most numbers are of other countries.
        guard (520_000_000_000..<560_000_000_000).contains(value) || (5_200_000_000_000..<5_600_000_000_000).contains(value) else {
            return nil
        }
        let (all, rest) = (digits, digits.dropFirst(2))
        let other: String? =
            switch (all.prefix(2), all.count) {
            case ("52", 13) where rest.first == "1": "52\(rest.dropFirst())"
            case ("52", 12): "521\(rest)"
            case ("54", 13) where rest.first == "9": "54\(rest.dropFirst())"
            case ("54", 12): "549\(rest)"
            case ("55", 13) where rest.dropFirst(2).first == "9": "55\(rest.prefix(2))\(rest.suffix(8))"
            case ("55", 12) where rest.dropFirst(2).first.map { "6789".contains($0) } ?? false: "55\(rest.prefix(2))9\(rest.suffix(8))"
            default: nil
            }
        return other.flatMap { Int64($0) }.flatMap(PhoneNumber.init(value:))
    }
}
