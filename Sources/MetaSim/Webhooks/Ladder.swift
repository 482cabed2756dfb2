/// What happens to a message after it was accepted: sent, delivered, read, perhaps a reply; or failed.
struct Ladder {
    let platform: Platform
    let send: SendRequest
    let id: MessageID
    let wamid: String
    /// When it was accepted, Unix milliseconds.
    let time: Int64
    let subject: Dice.Subject
    let magic: MagicNumber.Effect?
    let knobs: Knobs

    private struct Rung: Sendable {
        let kind: StatusKind
        /// After acceptance, in milliseconds.
        let after: Int64
        var priced = false
    }

    func schedule(failure: Int, skipsSent: Bool) {
        var rungs = failure == 0 ? rungs() : [Rung(kind: .failed, after: delay(knobs.sentMilliseconds, .sentDelay))]
        let reply = failure == 0 ? replyText(isRead: rungs.contains { $0.kind == .read }) : nil
        platform.ledger.mark(id) { [rungs] fate in
            for rung in rungs { fate.happens(rung.kind, after: skipsSent && rung.kind == .sent ? 0 : rung.after) }
        }
        let couriers = platform.couriers(of: send.number.account.id)
        guard !couriers.isEmpty else { return }
        let end = rungs.map(\.after).max() ?? 0
        if skipsSent { rungs.removeAll { $0.kind == .sent } }
        if knobs.sendsStatuses { post(rungs, to: couriers) }
        if let reply { platform.receive(reply, in: end + delay(knobs.replyMilliseconds, .replyDelay)) }
    }

    private func post(_ rungs: [Rung], to couriers: [Courier]) {
        let isReversed = magic == .reordered || platform.dice.happens(knobs.reorderShare, .reorder, subject)
        let isDoubled = magic == .duplicated || platform.dice.happens(knobs.duplicateShare, .duplicate, subject)
        // The times at which they arrive stay, who arrives changes.
        for (rung, arrival) in zip(isReversed ? rungs.reversed() : rungs, rungs.map(\.after)) {
            let update = Update.status(id, rung.kind, at: time + rung.after, priced: rung.priced)
            for courier in couriers {
                courier.add(update, in: arrival)
                if isDoubled { courier.add(update, in: arrival + delay(knobs.sentMilliseconds, .sentDelay)) }
            }
        }
    }

    private func rungs() -> [Rung] {
        let dice = platform.dice
        var rungs = [Rung(kind: .sent, after: delay(knobs.sentMilliseconds, .sentDelay), priced: true)]
        guard magic != .neverDelivered, magic != nil || dice.happens(knobs.deliveredShare, .deliver, subject) else { return rungs }
        let delivered = max(rungs[0].after + 1, delay(knobs.deliveredMilliseconds, .deliveredDelay))
        let reads = isRead
        let skips = magic == .readWithoutDelivered || (reads && dice.happens(knobs.skipDeliveredShare, .skipDelivered, subject))
        if !skips { rungs.append(Rung(kind: .delivered, after: delivered, priced: true)) }
        if magic == .failedAfterDelivered || dice.happens(knobs.failedAfterDeliveredShare, .failDelivered, subject) {
            rungs.append(Rung(kind: .failed, after: delivered + 1))
        }
        if reads {
            rungs.append(Rung(kind: .read, after: max(delivered + 2, delay(knobs.readMilliseconds, .readDelay)), priced: skips))
        }
        return rungs
    }

    private var isRead: Bool {
        switch magic {
        case .readWithoutDelivered, .replies, .reordered: true
        case .neverReads: false
        default: platform.dice.happens(knobs.readShare, .read, subject)
        }
    }

    private func delay(_ span: Knobs.Span, _ question: Dice.Question) -> Int64 {
        Int64(span.at(platform.dice.roll(question, subject)) * knobs.timeScale)
    }

    /// What the person answers, if they do. Only people who read reply.
    private func replyText(isRead: Bool) -> InboundMessage? {
        var reply = InboundMessage(from: send.person, text: "", to: send.number.number.id)
        reply.inReplyTo = wamid
        if case .replies(let text) = magic {
            reply.text = text.isEmpty ? send.quickReply?.label ?? "Yes" : text
            if text.isEmpty { reply.buttonPayload = send.quickReply?.payload }
            return reply
        }
        guard isRead, !knobs.replies.isEmpty, platform.dice.happens(knobs.replyShare, .reply, subject) else { return nil }
        reply.text = knobs.replies[Int(platform.dice.roll(.replyText, subject) * Double(knobs.replies.count))]
        return reply
    }
}
