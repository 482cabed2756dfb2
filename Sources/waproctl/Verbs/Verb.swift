import ArgumentParser
import WaproRPC
import WaproWire

/// The command of a method, made from its declaration.
struct Verb<M: Method>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: M.verb, abstract: M.doc.summary)
    }

    @Argument(parsing: .captureForPassthrough, help: .hidden)
    var words: [String] = []

    func run() async throws {
        let outside = Surroundings.current
        let words = try VerbWords(words, fields: M.shape.fields)
        guard !words.wantsHelp else {
            outside.printLines(VerbHelp.lines(M.self))
            return
        }
        let globals = try Globals.parse(words.globals)
        let (call, key) = try Self.call(words.parameters)
        try await globals.connect { client in
            let reply: JSONValue
            do throws(CallFailure) {
                reply = try await client.transport.call(M.name, parameters: call.json)
            } catch {
                throw Ending(error, key: key)
            }
            switch globals.output {
            case .json: outside.print(TerminalText(json: reply))
            case .table:
                outside.printLines(View.lines(reply, M.Reply.wireType, columns: Columns.byMethod[M.name], width: outside.outputWidth))
            }
        }
    }

    /// The call that the parameters mean. A change gets an idempotency key, its own or a fresh one.
    static func call(_ parameters: JSONObject) throws(Ending) -> (call: M, key: String?) {
        var parameters = parameters
        if M.self is any ChangingMethod.Type, parameters["idempotency_key"] == nil {
            parameters["idempotency_key"] = .string(Surroundings.current.key())
        }
        do {
            return (try M.decode(.object(parameters), .strict), parameters["idempotency_key"]?.text)
        } catch {
            throw Ending(Ending.usage, "\(error).", hint: error.hint ?? "--help shows what it takes.")
        }
    }
}
