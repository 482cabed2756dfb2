extension Refusal {
    /// Stands for Meta's code where something else answered in its place. No code of Meta's is negative.
    public static let notMeta = -1

    /// Stands for Meta's code where an account has no access token, so that nothing can be asked.
    public static let noToken = -2

    /// Stands for Meta's code where a number is not used any more: neither waprod.yaml nor a command has it.
    public static let notInUse = -3

    /// What one of Meta's error codes means, for history and reports: nothing but the code is known any more.
    public static func explaining(code: Int) -> Refusal {
        let error = MetaError(code: code)
        return MetaCode.row(for: error)?.refusal(error) ?? Refusal(unknown: error)
    }
}
