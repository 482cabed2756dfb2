public import WaproCore

/// A parameter that names a person: a contact's identifier, a business-scoped user id, which has a dot in it, or a phone number.
public enum Person {
    /// Refuses what is none of them, whoever is known.
    static func check(_ text: String, field: String) throws(Fault) {
        if ContactID(text) == nil, !isUserID(text) { _ = try phone(text, field: field) }
    }

    /// Whether it can only be a business-scoped user id: with points numbers are written too.
    public static func isUserID(_ text: String) -> Bool {
        text.contains(".") && (try? PhoneNumber.parse(text, defaultRegion: nil)) == nil
    }

    /// The phone number that it is.
    public static func phone(_ text: String, field: String) throws(Fault) -> PhoneNumber {
        do throws(PhoneNumberRefusal) {
            return try PhoneNumber.parse(text, defaultRegion: nil)
        } catch {
            throw Fault(
                .badAddress,
                "This is neither a contact nor a phone number: \(error).",
                field: field,
                hint: "Write a number as +49 151 23456789."
            )
        }
    }
}
