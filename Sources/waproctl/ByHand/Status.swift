import WaproRPC

/// `waproctl status`, whose exit status 3 says that the daemon is not running.
struct Status: ByHand {
    static let name = "system status"
    static let doc = SystemStatus.doc
    static var method: (any Method.Type)? { SystemStatus.self }
    static let shape = Shape<Self>({ Self() })

    func run(_ globals: Globals) async throws {
        let printer = try Printer(globals, SystemStatus.Reply.wireType)
        let reply: JSONValue
        do {
            reply = try await globals.ask(SystemStatus.name, [:], key: nil)
        } catch let ending as Ending where ending.status == Ending.unavailable {
            throw Ending(Ending.notRunning, ending.words, hint: ending.hint)
        }
        try printer.print(reply, as: SystemStatus.Reply.self) {
            StatusView.lines($0, header: !globals.noHeader, width: Surroundings.current.outputWidth)
        }
    }
}
