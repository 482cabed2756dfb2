public import WaproCore

extension HaltScope {
    /// How far one of Meta's error codes stops sending; nil for a code that stops nothing, or that is not known.
    public static func stopped(by code: Int) -> HaltScope? {
        guard case .halt(let scope) = MetaCode.row(for: MetaError(code: code))?.verdict else { return nil }
        return scope
    }
}
