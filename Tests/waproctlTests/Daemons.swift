import Synchronization
import WaproCore
import WaproRPC

@testable import WaproWire
@testable import waproctl

/// A daemon that takes an import in pieces of ten bytes and refuses line 3.
final class Taker: Sendable {
    enum Way { case takesAll, refusesLine, fails, refusesSecondPiece, losesFaults }

    let pieces = Mutex<[ImportAppend]>([])
    let begun = Mutex<ContactImport?>(nil)
    private let way: Way

    init(_ way: Way = .refusesLine) { self.way = way }

    var bytes: [UInt8] { pieces.withLock { $0.flatMap(\.data.bytes) } }

    func router() throws -> Router {
        var handlers = Handlers()
        let id = ImportID(rawValue: 1)
        handlers.on(ContactImport.self) { [self] ask, _ throws(Fault) in
            begun.withLock { $0 = ask }
            return ContactImport.Reply(importID: id, pieceBytes: 10, state: Open(.reading))
        }
        handlers.on(ImportAppend.self) { [self] ask, _ throws(Fault) in
            let count = pieces.withLock { pieces in
                pieces.append(ask)
                return pieces.count
            }
            guard ask.piece == count - 1, ask.piece == 0 || way != .refusesSecondPiece else {
                throw Fault(.pieceOutOfOrder, "Out of order.")
            }
            return ImportProgress(
                importID: id,
                state: Open(way == .fails ? .failed : ask.last ? .done : .reading),
                startedAt: Timestamp(seconds: 0),
                lines: Int64(count),
                created: 1,
                updated: 0,
                unchanged: 0,
                refused: ask.last && way != .takesAll ? 1 : 0,
                reason: way == .fails ? "There is no column phone." : nil
            )
        }
        handlers.on(ImportFaults.self) { [way] _, _ throws(Fault) in
            if way == .losesFaults { throw Fault(.shuttingDown, "The daemon is stopping.") }
            return Page(items: [ImportFault(line: 3, field: "phone", reason: "too short for Germany\u{1B}[2J")])
        }
        return try Router(handlers, catalogue: Catalogue(methods: [ContactImport.self, ImportAppend.self, ImportFaults.self]))
    }
}

/// A daemon with one campaign, which is in the next of these states at each look; it stays in the last one.
final class Campaigning: Sendable {
    private let states: Mutex<[CampaignState]>
    private let askedInDoubt: Int64

    init(_ states: [CampaignState], askedInDoubt: Int64 = 0) {
        self.states = Mutex(states)
        self.askedInDoubt = askedInDoubt
    }

    func router() throws -> Router {
        var handlers = Handlers()
        handlers.on(CampaignStart.self) { ask, _ throws(Fault) in
            CampaignInfo(
                id: CampaignID(rawValue: 5),
                name: ask.campaign,
                number: "main",
                template: "sale",
                language: "en",
                audience: "list vip",
                state: Open(.freezing),
                createdAt: Timestamp(seconds: 0),
                total: 0
            )
        }
        handlers.on(CampaignReport.self) { [self] ask, _ throws(Fault) in
            report(ask.campaign, states.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] })
        }
        return try Router(handlers, catalogue: Catalogue(methods: [CampaignStart.self, CampaignReport.self]))
    }

    private func report(_ name: String, _ state: CampaignState) -> CampaignReport.Reply {
        let done: Int64 = state == .finished ? 10 : 0
        return CampaignReport.Reply(
            campaign: CampaignID(rawValue: 5),
            name: name,
            state: Open(state),
            total: 10,
            frozen: state != .freezing,
            counts: RecipientCounts(
                pending: 10 - done,
                waiting: 0,
                sending: 0,
                inDoubt: 0,
                accepted: 0,
                sent: 0,
                delivered: done,
                read: 0,
                played: 0,
                failed: 0,
                skipped: 0,
                cancelled: 0,
                expired: 0
            ),
            replies: 0,
            rateNow: 0,
            failures: [],
            askedInDoubt: askedInDoubt
        )
    }
}

/// A daemon that was stopped in the middle (SIGSTOP): it takes what is written, and answers only the methods that are in `replies`.
struct Hung: Sendable {
    var replies: [String: JSONValue] = [:]

    @Sendable func connect(
        _: String,
        _ options: ClientOptions,
        _ body: @escaping @Sendable (Client<LineClient>) async throws -> Void
    ) async throws {
        let itself = Mutex<LineClient?>(nil)
        let client = LineClient(options) { [replies] line in
            let call = try JSONValue.parse(line)
            guard let id = call["id"], let reply = replies[call["method"]?.text ?? ""] else { return }
            let answer: JSONValue = ["jsonrpc": "2.0", "id": id, "result": reply]
            await itself.withLock { $0 }?.receive(Array(answer.compact.utf8))
        }
        itself.withLock { $0 = client }
        defer { itself.withLock { $0 = nil } }
        try await body(Client(client))
    }
}
