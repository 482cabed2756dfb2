/// Writing an accepted message down.
extension Platform {
    /// A message that is in the ledger, and the answer that says so.
    struct Accepted: Sendable {
        let id: MessageID
        let answer: [UInt8]
        let account: String
        let time: Int64
        let subject: Dice.Subject
        let isWebhookFirst: Bool
    }

    func accept(_ send: SendRequest, _ magic: MagicNumber.Effect?, _ fault: Fault?, _ knobs: Knobs) throws(GraphError) -> Accepted {
        let now = now()
        if let rate = send.number.number.rate(knobs), !limits.take(send.number.tag, rate: rate, now: now) { throw .code(130_429) }
        let quota = directory.world.portfolio.peoplePerDay
        if quota != nil { businessInitiated.recall(ledger, now: now) }
        let index = Ledger.stripe(of: send.person)
        let pair = LedgerStripe.Pair(number: send.number.tag, person: send.person)
        let serial = serial()
        let result = ledger.stripes[index].withLock { stripe -> Result<Stored, GraphError> in
            if knobs.pairGapMilliseconds > 0 {
                let gap = Int64(knobs.pairGapMilliseconds)
                guard stripe.take(pair, now: now, gap: gap, burst: Int64(max(1, knobs.pairBurst))) else {
                    return .failure(.code(131_056))
                }
            }
            let windowOpen = stripe.isWindowOpen(pair, now: now)
            if let quota, send.kind == .template, !windowOpen, !businessInitiated.admit(send.person, now: now, atMost: quota) {
                return .failure(.code(131_048))
            }
            var failure = 0
            if case .failed(let code) = magic { failure = code }
            if let fault, fault.symptom == .failed { failure = fault.code }
            if failure == 0, send.kind != .template, knobs.enforcesWindow, !windowOpen { failure = 131_047 }
            let nth = UInt64(stripe.people[send.person]?.count ?? 0)
            let position = stripe.append(
                AcceptedMessage(
                    time: now,
                    serial: serial,
                    person: send.person,
                    text: send.text,
                    callbackData: send.callbackData,
                    number: send.number.tag,
                    template: send.template?.tag ?? 0,
                    kind: send.kind,
                    category: send.category,
                    byUserID: send.byUserID,
                    windowOpen: windowOpen,
                    failure: failure
                )
            )
            let stored = Stored(
                position: position,
                nth: nth,
                failure: failure,
                wamid: Ledger.wamid(stripe.records[Int(position)], recipient: send.person)
            )
            return .success(stored)
        }
        let stored = try result.get()
        let id = MessageID(stripe: UInt8(index), index: stored.position)
        ledger.file(id, under: send.number.tag)
        let subject = dice.subject(send.person, nth: stored.nth)
        let isFirst =
            knobs.sendsStatuses && stored.failure == 0
            && (magic == .webhookFirst || dice.happens(knobs.webhookFirstShare, .first, subject))
        let plan = Ladder(platform: self, send: send, id: id, wamid: stored.wamid, time: now, subject: subject, magic: magic, knobs: knobs)
        plan.schedule(failure: stored.failure, skipsSent: isFirst)
        return Accepted(
            id: id,
            answer: Self.answer(send, stored.wamid),
            account: send.number.account.id,
            time: now,
            subject: subject,
            isWebhookFirst: isFirst
        )
    }

    private struct Stored: Sendable {
        let position: UInt32
        let nth: UInt64
        let failure: Int
        let wamid: String
    }

    /// `contacts` and `messages` (whatsapp-cloud-api, "Response"); `message_status` for templates only.
    private static func answer(_ send: SendRequest, _ wamid: String) -> [UInt8] {
        var text = JSONText()
        text.raw("{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":")
        text.string(send.input)
        text.raw(send.byUserID ? ",\"user_id\":" : ",\"wa_id\":" as StaticString)
        text.string(send.person)
        text.raw("}],\"messages\":[{\"id\":")
        text.string(wamid)
        if send.kind == .template { text.raw(",\"message_status\":\"accepted\"") }
        text.raw("}]}")
        return text.bytes
    }
}
