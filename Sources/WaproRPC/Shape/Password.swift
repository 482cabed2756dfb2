import WaproCore

/// What may be a password.
enum Password {
    private static let lengths = 8...256

    static func check(_ password: Secret, field: String) throws(Fault) {
        guard lengths.contains(password.revealed.unicodeScalars.count) else {
            throw Fault(.invalidParameters, "\(field) must have \(lengths.lowerBound) to \(lengths.upperBound) characters.", field: field)
        }
    }
}
