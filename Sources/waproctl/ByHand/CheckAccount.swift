import WaproRPC

/// `waproctl account check`, whose exit status 2 says that something is wrong.
struct CheckAccount: ByHand {
    let account: String

    static let name = "account check"
    static let doc = AccountCheck.doc
    static var method: (any Method.Type)? { AccountCheck.self }
    static let shape = Shape(Self.init, Field("account", \.account, "Its identifier, name or waba_id."))

    func run(_ globals: Globals) async throws {
        let printer = try Printer(globals, AccountCheck.Reply.wireType)
        let reply = try await globals.ask(AccountCheck.name, AccountCheck(account: account).json, key: nil)
        printer.print(reply)
        if reply["level"]?.text == FindingLevel.wrong.slug { throw Ending(Ending.isFalse, "Something is wrong with the account.") }
    }
}
