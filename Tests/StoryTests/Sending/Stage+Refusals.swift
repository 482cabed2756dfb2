import Testing
import WaproRPC
import WaproWire

extension Stage {
    /// A call that must be refused for this reason; gives the words of the refusal and its hint.
    @discardableResult
    func refused(
        _ kind: Fault.Kind,
        _ body: @escaping @Sendable (Client<LineClient>) async throws -> Void
    ) async throws -> String {
        do {
            try await call(body)
        } catch CallFailure.fault(let fault) {
            #expect(fault.kind == kind)
            return [fault.words, fault.hint ?? ""].joined(separator: " ")
        }
        Issue.record("it was not refused")
        return ""
    }
}
