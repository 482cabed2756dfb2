import Synchronization
import WaproCore
import WaproRPC
import WaproWire

/// `waproctl event follow`: prints events as they come, until it is stopped. A connection that breaks is made again, and nothing is missed.
struct Follow: ByHand {
    let from: String?
    let topics: [String]

    static let name = "event follow"
    static let doc = Doc(
        "Print events as they come.",
        details: """
            With -o ndjson one JSON text a line. Its seq, given as --from, goes on where it ended. --timeout is the time in which it has to \
            begin; for events it waits as long as it takes.
            """
    )
    static var method: (any Method.Type)? { EventSubscribe.self }
    static let shape = Shape(
        Self.init,
        Field("from", \.from, "Where to begin: now, which is the default, beginning, or the number of an event after which to go on."),
        Field("topics", \.topics, "Only events about this: \(EventTopic.allCases.map(\.slug).joined(separator: ", ")). May be repeated.")
    )

    private static let pause = Duration.seconds(1)

    func run(_ globals: Globals) async throws {
        let printer = try Printer(globals, EventNotification.wireType, isStream: true)
        let place = Place(from ?? "now")
        let outside = Surroundings.current
        while true {
            var parameters: JSONObject = ["from": .string(place.from)]
            if !topics.isEmpty { parameters["topics"] = .array(topics.map(JSONValue.string)) }
            let subscribe = try Verb<EventSubscribe>.call(parameters).call
            do {
                try await globals.reach { client in
                    let begun = try await globals.call(subscribe, on: client)
                    place.reach(begun.cursor)
                    while let incoming = await client.transport.nextNotification() {
                        if incoming.name == SubscriptionEnded.name { throw CallFailure.fault(Self.end(incoming)) }
                        guard incoming.name == EventNotification.name else { continue }
                        let event = try Self.event(incoming)
                        try printer.print(event.json, as: EventNotification.self) { [Self.line($0)] }
                        place.reach(event.seq)
                    }
                }
            } catch let failure as CallFailure {
                guard place.isSubscribed else { throw Ending(failure) }
                switch failure {
                case .fault(let fault) where !fault.retryable: throw Ending(failure)
                case .malformed: throw Ending(failure)
                default: break
                }
            }
            try Task.checkCancellation()
            if !globals.quiet { outside.complain("The connection to the daemon ended; trying again.\n") }
            try await outside.pause(Self.pause)
        }
    }

    private static func event(_ incoming: Incoming) throws(CallFailure) -> EventNotification {
        do throws(Mismatch) {
            return try EventNotification.decode(incoming.parameters, .tolerant)
        } catch {
            throw .malformed("an event is not what this version expects: \(error)")
        }
    }

    /// Why the daemon tells no more.
    private static func end(_ incoming: Incoming) -> Fault {
        let end = try? SubscriptionEnded.decode(incoming.parameters, .tolerant)
        let kind = Fault.Kind.all.first { $0.slug == end?.type } ?? .internal
        return Fault(kind, end?.message ?? "The subscription has ended.")
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

/// How far the events were printed.
private final class Place: Sendable {
    private let state: Mutex<(from: String, isSubscribed: Bool)>

    init(_ from: String) { state = Mutex((from, false)) }

    /// Where to go on.
    var from: String { state.withLock { $0.from } }
    /// The daemon has taken the subscription once: what it did then it will do again.
    var isSubscribed: Bool { state.withLock { $0.isSubscribed } }

    func reach(_ seq: Int64) { state.withLock { $0 = (String(seq), true) } }
}
