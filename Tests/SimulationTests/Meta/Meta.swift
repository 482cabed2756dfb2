import WaproCloud
import WaproCore

@testable import WaproStore

/// Meta, made up: takes messages or not, answers or not, and tells later what became of them.
struct Meta {
    /// On its way, and the answer that will come if nobody dies before.
    struct Flight {
        var post: Post
        var completion: HTTPClient.Completion
        var answer: HTTPResult
    }

    /// What Meta made of an attempt that it took.
    struct Taken {
        var post: Post
        var wamid: String
        var facts: Set<StatusFact> = []
        /// The code of its failure.
        var failure: Int?
    }

    /// Failures after which another attempt is right, so that somebody may get the message after all.
    static let repeatable: Set = [131049, 130429, 131056]

    var flights: [Flight] = []
    var taken: [AttemptID: Taken] = [:]
    var notices: [Notice] = []
    /// When each person last wrote to each number.
    var written: [String: Timestamp] = [:]
    /// Who stopped marketing messages, and never said otherwise.
    var stopped: Set<String> = []
    var resumed: Set<String> = []
    private var serial = 0

    mutating func next() -> Int {
        serial += 1
        return serial
    }

    /// The attempts of a message that Meta took, in their order.
    func taken(of message: MessageID) -> [(ordinal: Int, taken: Taken)] {
        taken.filter { $0.key.message == message }.map { ($0.key.ordinal, $0.value) }.sorted { $0.0 < $1.0 }
    }

    func isWindowOpen(_ phone: String, _ number: String, at now: Timestamp) -> Bool {
        written["\(number) \(phone)"].map { $0.advanced(by: .seconds(86_400)) > now } ?? false
    }

    /// A message comes; says whether it was taken. Its answer is on the way.
    mutating func receive(
        _ post: Post,
        _ completion: @escaping HTTPClient.Completion,
        faults: Bool,
        at time: (now: Timestamp, elapsed: Duration),
        _ random: inout Seeded,
        _ tally: inout Tally
    ) -> Bool {
        let fate = fate(of: post, faults: faults, at: time.now, &random)
        tally.count("meta \(fate)")
        var wamid: String?
        if fate.isTaken {
            let id = "wamid.\(next())"
            wamid = id
            taken[post.claim.attempt] = Taken(post: post, wamid: id)
            live(post, as: id, faults: faults, at: time, &random, &tally)
        }
        flights.append(Flight(post: post, completion: completion, answer: fate.answer(wamid: wamid, to: post, &random)))
        return fate.isTaken
    }
}
