/// Who a person is: made up, always the same for the same number.
enum Persona {
    private static let names = [
        "Amara Okafor", "João Conceição", "Priya Raman", "Lucía Fernández", "Jonas Müller", "Kit", "Zoë Ångström", "محمد علي", "प्रिया शर्मा",
        "Chloé Dubois", "Wanjiru K.", "李小龙", "Ayşe Yılmaz", "Sipho 🌍", "O'Brien / Son", "Nguyễn Thị Hoa",
    ]

    static func name(_ person: String) -> String {
        names[Int(Dice.mix(Dice.hash(person)) % UInt64(names.count))]
    }

    /// A business-scoped user id for a phone number, or the id itself.
    static func userID(_ person: String) -> String {
        guard !WaID.isUserID(person) else { return person }
        var hash = Dice.hash(person)
        var id = country(person) + "."
        for index in 0..<22 {
            if index % 10 == 0 { hash = Dice.mix(hash) }
            id.unicodeScalars.append(alphabet[Int(hash % 62)])
            hash /= 62
        }
        return id
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars)

    /// Some calling codes; the others share `ZZ`.
    private static let countries: [(code: String, country: String)] = [
        ("1", "US"), ("7", "RU"), ("20", "EG"), ("27", "ZA"), ("31", "NL"), ("33", "FR"), ("34", "ES"), ("39", "IT"), ("41", "CH"),
        ("43", "AT"),
        ("44", "GB"), ("49", "DE"), ("52", "MX"), ("54", "AR"), ("55", "BR"), ("57", "CO"), ("62", "ID"), ("81", "JP"), ("90", "TR"),
        ("91", "IN"),
        ("234", "NG"), ("254", "KE"), ("351", "PT"), ("966", "SA"), ("971", "AE"),
    ]

    static func country(_ digits: String) -> String {
        countries.first { digits.hasPrefix($0.code) }?.country ?? "ZZ"
    }
}
