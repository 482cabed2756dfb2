import WaproRPC

extension Fault {
    /// A name that viewers see has a telephone number in it.
    static func tellsNumber(field: String) -> Fault {
        Fault(
            .invalidParameters,
            "A telephone number may not stand in the name: viewers see it.",
            field: field,
            hint: "Ten digits in a row, or seven after a plus sign, are taken for one."
        )
    }
}
