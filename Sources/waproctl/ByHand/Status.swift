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
            reply = try await globals.answer(SystemStatus.name, [:])
        } catch CallFailure.unreachable(let words, let reason) where reason != .notAllowed {
            throw Ending(Ending.notRunning, words)
        } catch let failure as CallFailure {
            throw Ending(failure)
        }
        try printer.print(reply, as: SystemStatus.Reply.self) {
            StatusView.lines($0, header: !globals.noHeader, width: Surroundings.current.outputWidth)
        }
    }
}
