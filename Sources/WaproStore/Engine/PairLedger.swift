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

    /// Messages older than this cost nothing any more: a whole burst has been paid back.
    static let memory = PairLimit.gap * PairLimit.burst

    /// Two generations of marks that a gap ends; what is older than both is over. So nothing is ever searched for what can go.
    private var young: [Pair: Timestamp] = [:]
    private var old: [Pair: Timestamp] = [:]
    private var turnedAt: Timestamp?
    /// Marks that reach further than a gap: conversations that borrowed.
    private var borrowed: [Pair: Timestamp] = [:]
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

    func paidUntil(_ pair: Pair) -> Timestamp? {
        borrowed[pair] ?? young[pair] ?? old[pair]
    }

    func pay(_ pair: Pair, until: Timestamp, at now: Timestamp) {
        turn(at: now)
        if until > now.advanced(by: PairLimit.gap) {
            borrowed[pair] = until
        } else {
            borrowed[pair] = nil
            young[pair] = until
        }
    }

    /// A message that was paid for did not go.
    func refund(_ pair: Pair, at now: Timestamp) {
        guard let until = paidUntil(pair) else { return }
        pay(pair, until: until.advanced(by: .zero - PairLimit.gap), at: now)
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
            borrowed = borrowed.filter { $0.value > now }
            blocked = blocked.filter { $0.value > now }
        }
        turnedAt = now
    }
}
