import ArgumentParser
import WaproRPC
import WaproWire

/// `waproctl rpc METHOD key=value…`: any call, without what the verbs add.
struct RawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rpc",
        abstract: "Call any method, and print its result as JSON.",
        discussion: """
            key=value gives a parameter by its declaration, key:=value one that is JSON:
              waproctl rpc campaign.list limit=10
              waproctl rpc event.subscribe from=now topics:='["campaign"]'
              waproctl rpc rpc.discover
            """
    )

    @Argument(help: "The method's name; discover is short for rpc.discover.") var method: String
    @Argument(help: "Parameters, as key=value or key:=JSON.") var parameters: [String] = []
    @OptionGroup var globals: Globals

    func run() async throws {
        let outside = Surroundings.current
        let name = method.contains(".") ? method : "rpc.\(method)"
        let fields = Catalogue.wapro.method(name).map { Self.fields($0) } ?? []
        var object = JSONObject()
        for word in parameters {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else { throw Ending(Ending.usage, "\(word) is neither key=value nor key:=JSON.") }
            if parts[0].hasSuffix(":") {
                object[String(parts[0].dropLast())] = try VerbWords.value(parts[1], .json, parts[0])
            } else {
                let type = fields.first { $0.name == parts[0] }?.type ?? .text(nil)
                object[parts[0]] = try VerbWords.value(parts[1], type, parts[0])
            }
        }
        let call = JSONValue.object(object)
        try await globals.connect { client in
            outside.print(TerminalText(json: try await client.transport.call(name, parameters: call)))
        }
    }

    private static func fields<M: Method>(_ method: M.Type) -> [FieldInfo] { M.shape.fields }
}
