import WaproRPC

/// `waproctl audit verify`, whose exit status 2 says that the log was changed.
struct Verify: ByHand {
    let hash: String?

    static let name = "audit verify"
    static let doc = AuditVerify.doc
    static var method: (any Method.Type)? { AuditVerify.self }
    static let shape = Shape(
        Self.init,
        Field("hash", \.hash, "A hash that was noted earlier, in hexadecimal: an entry must have it still.", length: 64...64)
    )

    func run(_ globals: Globals) async throws {
        let printer = try Printer(globals, AuditVerify.Reply.wireType)
        let reply = try await globals.ask(AuditVerify.name, AuditVerify(hash: hash).json, key: nil)
        printer.print(reply)
        if reply["intact"] != true { throw Ending(Ending.isFalse, "The audit log is not as it was written.") }
    }
}
