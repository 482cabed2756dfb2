import WaproCore

extension Fault {
    /// Refuses a name that viewers see when a telephone number stands in it.
    static func unlessTelling(_ name: String?, field: String) throws(Fault) {
        guard let name, PublicName.tellsNumber(name) else { return }
        throw Fault(
            .invalidParameters,
            "A telephone number may not stand in the name: viewers see it.",
            field: field,
            hint: "Ten digits in a row, or seven after a plus sign, are taken for one."
        )
    }
}
