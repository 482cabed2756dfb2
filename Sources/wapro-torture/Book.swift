import Synchronization
import WaproCore

/// The outside ledger: what the daemon promised and what it was told, written down by those who were promised and who told.
final class Book: Sendable {
    /// A `message.send` that was answered.
    struct Reply: Sendable {
        let person: String
        let text: String
        let message: MessageID
    }

    /// What a person wrote to the business; its webhook is repeated until it is answered 200.
    struct Inbound: Sendable, Hashable {
        let person: String
        let text: String
    }

    private struct State {
        var campaigns: [String] = []
        var replies: [Reply] = []
        var inbound: [Inbound] = []
        var complaints: [String] = []
        var isOver = false
    }

    private let state = Mutex(State())

    var campaigns: [String] { state.withLock(\.campaigns) }
    var replies: [Reply] { state.withLock(\.replies) }
    var inbound: [Inbound] { state.withLock(\.inbound) }
    /// Promises that were seen to be broken at once, in words.
    var complaints: [String] { state.withLock(\.complaints) }

    func started(_ campaign: String) { state.withLock { $0.campaigns.append(campaign) } }
    func answered(_ reply: Reply) { state.withLock { $0.replies.append(reply) } }
    func written(_ inbound: Inbound) { state.withLock { $0.inbound.append(inbound) } }
    func complain(_ words: String) { state.withLock { $0.complaints.append(words) } }

    /// There were enough kills: what is under way is finished, nothing new begins.
    var isOver: Bool { state.withLock(\.isOver) }
    func close() { state.withLock { $0.isOver = true } }
}
