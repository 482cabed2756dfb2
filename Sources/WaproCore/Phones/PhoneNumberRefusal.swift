/// Why a text is not a telephone number. It never carries the text: what it says can be logged and shown to anybody.
public enum PhoneNumberRefusal: Error, Hashable, Sendable {
    /// No digit and nothing else either.
    case empty
    /// It has signs that telephone numbers do not have, or no digits.
    case notANumber
    /// It has letters.
    case letters
    /// A spreadsheet has rounded it: `4.47701E+11`.
    case spreadsheetNotation
    /// Fewer digits than any number with this beginning has.
    case tooShort(callingCode: Int?)
    /// More digits than any number with this beginning has.
    case tooLong(callingCode: Int?)
    /// No country has this calling code.
    case unknownCallingCode
    /// No number of this calling code looks so: wrong first digits, or a number of digits between those that there are.
    case impossible(callingCode: Int)
    /// It begins with 0 as it is dialled at home, and nobody said where that is.
    case nationalWithoutRegion
}

extension PhoneNumberRefusal: CustomStringConvertible {
    public var description: String {
        func place(_ code: Int?) -> String { code.map { " for a number of +\($0)" } ?? "" }
        return switch self {
        case .empty: "there is no phone number"
        case .notANumber: "this is not a phone number: only digits, a leading +, spaces and the signs - . / ( ) belong in one"
        case .letters: "this is not a phone number: it has letters in it"
        case .spreadsheetNotation:
            "a spreadsheet has rounded this number (like 4.47701E+11) and its digits are lost: format the column as text and export it again"
        case .tooShort(let code): "too few digits\(place(code))"
        case .tooLong(let code): "too many digits\(place(code)); one number only, without an extension"
        case .unknownCallingCode: "no country has this calling code; write the number as + calling code number"
        case .impossible(let code): "there are no numbers like this in +\(code)"
        case .nationalWithoutRegion:
            "a number as dialled at home, but from which country? Write it with + and the calling code, or name a default region"
        }
    }

    /// A stable word for reports and counters.
    public var slug: String {
        switch self {
        case .empty: "empty"
        case .notANumber: "not_a_number"
        case .letters: "letters"
        case .spreadsheetNotation: "spreadsheet_notation"
        case .tooShort: "too_short"
        case .tooLong: "too_long"
        case .unknownCallingCode: "unknown_calling_code"
        case .impossible: "impossible"
        case .nationalWithoutRegion: "national_without_region"
        }
    }
}
