import WaproCore

/// Until when each pair of number and person is paid for (`PairLimit`), as far as it matters: in memory, used on the writer's thread alone.
///
/// Rebuilt after a start from the messages of the last minutes, person by person as they come up (`Transaction.paidUntil`). A claim that was
/// undone leaves its mark: somebody waits six seconds more, nobody gets a message too many.
final class PairLedger {
    struct Pair: Hashable {
        var number: NumberID
        var contact: ContactID
    }

    /// A message of a pair that was paid for at a time, and did not go.
    struct Refund {
        var pair: Pair
        var paidAt: Timestamp
    }

    /// Messages older than this cost nothing any more: a whole burst has been paid back.
    static let memory = PairLimit.gap * PairLimit.burst

    private struct Mark {
        var until: Timestamp
        /// When it was last paid for.
        var paidAt: Timestamp
    }

    /// Two generations of marks that a gap ends; what is older than both is over. So nothing is ever searched for what can go.
    private var young: [Pair: Mark] = [:]
    private var old: [Pair: Mark] = [:]
    private var turnedAt: Timestamp?
    /// Marks that reach further than a gap: conversations that borrowed.
    private var borrowed: [Pair: Mark] = [:]
    /// Pairs that Meta asked to leave alone.
    private var blocked: [Pair: Timestamp] = [:]
    /// Until then a pair that is not known here is looked up in the store; nil: never.
    var looksUpUntil: Timestamp?

    var count: Int { young.count + old.count + borrowed.count + blocked.count }

    /// Meta says that the person had too many messages from the number: until then none follows, not even a reply.
    func block(_ pair: Pair, until: Timestamp) {
        blocked[pair] = max(blocked[pair] ?? until, until)
    }

    func blockedUntil(_ pair: Pair) -> Timestamp? { blocked.isEmpty ? nil : blocked[pair] }

    func paidUntil(_ pair: Pair) -> Timestamp? { mark(of: pair)?.until }

    /// A message goes now.
    func pay(_ pair: Pair, until: Timestamp, at now: Timestamp) {
        set(pair, Mark(until: until, paidAt: now), at: now)
    }

    /// A message that was paid for did not go. When another one was paid for later, that one counts and nothing is given back.
    func refund(_ refund: Refund, at now: Timestamp) {
        guard var mark = mark(of: refund.pair), mark.paidAt == refund.paidAt else { return }
        mark.until = mark.until.advanced(by: .zero - PairLimit.gap)
        set(refund.pair, mark, at: now)
    }

    private func mark(of pair: Pair) -> Mark? { borrowed[pair] ?? young[pair] ?? old[pair] }

    private func set(_ pair: Pair, _ mark: Mark, at now: Timestamp) {
        turn(at: now)
        if mark.until > now.advanced(by: PairLimit.gap) {
            borrowed[pair] = mark
        } else {
            borrowed[pair] = nil
            young[pair] = mark
        }
    }

    private func turn(at now: Timestamp) {
        // A clock that went backward makes marks last longer, not shorter.
        guard turnedAt.map({ $0.advanced(by: PairLimit.gap) <= now || now < $0 }) ?? true else { return }
        if let turnedAt, now < turnedAt {
            young.merge(old) { mine, _ in mine }
            old = [:]
        } else {
            old = young
            young = [:]
            borrowed = borrowed.filter { $0.value.until > now }
            blocked = blocked.filter { $0.value > now }
        }
        turnedAt = now
    }
}
