import ArgumentParser
import WaproCore
import WaproRPC
import WaproWire

/// `waproctl event follow`: prints events as they come, until it is stopped.
struct FollowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Print events as they come.",
        discussion: "With -o json one JSON text a line. Its seq, given as --from, goes on where it ended."
    )

    @Option(help: "Where to begin: now, beginning, or the number of an event after which to go on.") var from = "now"
    @Option(help: "Only events about this: \(EventTopic.allCases.map(\.slug).joined(separator: ", ")). May be repeated.") var topic:
        [String] = []
    @OptionGroup var globals: Globals

    func run() async throws {
        let outside = Surroundings.current
        var parameters: JSONObject = ["from": .string(from)]
        if !topic.isEmpty { parameters["topics"] = .array(topic.map(JSONValue.string)) }
        let subscribe = try Verb<EventSubscribe>.call(parameters).call
        try await globals.connect { client in
            _ = try await client(subscribe)
            while let event = try await client.next(EventNotification.self) {
                switch globals.output {
                case .json: outside.print(TerminalText(json: event.json, isCompact: true))
                case .table: outside.print(Self.line(event))
                }
            }
            throw CallFailure.lost("The connection to the daemon ended.")
        }
    }

    static func line(_ event: EventNotification) -> TerminalText {
        var line: TerminalText = "\(event.seq)  \(Human.time(event.at))  \(event.topic.slug)"
        let about = [event.message?.description, event.campaign?.description, event.contact?.description].compactMap { $0 }
        if !about.isEmpty { line += "  \(about.joined(separator: " "))" }
        if let to = event.to { line += "  \(event.from.map { "\($0) → " } ?? "")\(to)" }
        if let detail = event.detail { line += "  \(detail)" }
        return line
    }
}
