import NIOCore
import NIOHTTP1

/// `POST /{phone}/messages`: check, hold, accept or not, hold, answer or not.
extension Platform {
    func send(_ request: HTTPRequest, _ caller: Caller, _ reply: Reply) throws(GraphError) {
        let id = request.path[1]
        guard let number = caller.directory.numbers[id], caller.may(number.account.id) else { throw .unknownObject(id, method: "post") }
        guard let body = request.json, body.isObject else {
            throw GraphError(status: 400, code: 100, message: "(#100) Invalid parameter", details: "The request body is not valid JSON")
        }
        switch try MessageCheck(directory: caller.directory, number: number, knobs: caller.knobs).check(body) {
        case .markRead: reply.answer(Answer(200, Array("{\"success\":true}".utf8)))
        case .send(let send):
            holds.pass(Held(point: .beforeAcceptance, recipient: send.person, kind: send.kind.rawValue)) {
                self.decide(send, caller.token.value, reply)
            }
        }
    }

    /// Accepts or refuses. Knobs and the token are read again: they may have been turned, or taken back, while the exchange was held.
    private func decide(_ send: SendRequest, _ token: String, _ reply: Reply) {
        let knobs = knobs
        guard directory.tokens[token]?.isRevoked != true else { return refuse(.revokedToken, reply) }
        let magic = knobs.magicNumbers && !send.byUserID ? MagicNumber.effect(of: send.person) : nil
        let fault = fault(for: send, magic, knobs)
        if let fault, fault.symptom == .error { return refuse(.code(fault.code), reply) }
        if let fault, !fault.isAccepted { return end(fault.symptom, Answer.badGateway, reply) }
        do throws(GraphError) {
            try refuseByMagic(magic, send)
            let accepted = try accept(send, magic, fault, knobs)
            holds.pass(Held(point: .beforeAnswer, recipient: send.person, kind: send.kind.rawValue)) {
                self.answer(accepted, fault, reply, knobs)
            }
        } catch {
            refuse(error, reply)
        }
    }

    private func answer(_ accepted: Accepted, _ fault: Fault?, _ reply: Reply, _ knobs: Knobs) {
        let answer = Answer(200, accepted.answer)
        if let fault, fault.symptom != .failed { return end(fault.symptom, answer, reply) }
        let jitter = Double(knobs.latencyJitterMilliseconds) * dice.roll(.latency, accepted.subject)
        let delay = TimeAmount.milliseconds(Int64(knobs.latencyMilliseconds) + Int64(jitter))
        guard accepted.isWebhookFirst, let courier = couriers(of: accepted.account).first else {
            return reply.end(.answer(answer), after: delay)
        }
        courier.addFirst(.status(accepted.id, .sent, at: accepted.time, priced: true)) { reply.end(.answer(answer), after: delay) }
    }

    private func end(_ symptom: Fault.Symptom, _ answer: Answer, _ reply: Reply) {
        switch symptom {
        case .silence: reply.end(.silence)
        case .close: reply.end(.close)
        case .reset: reply.end(.reset)
        case .html: reply.answer(.badGateway)
        case .garbage:
            var cut = answer
            cut.status = .ok
            cut.body = Array(answer.body.prefix(answer.body.count / 2))
            reply.answer(cut)
        case .truncated: reply.end(.truncated(answer))
        case .error, .failed: reply.answer(answer)
        }
    }

    /// The fault that applies to a send, by knob or by magic number; counted down.
    private func fault(for send: SendRequest, _ magic: MagicNumber.Effect?, _ knobs: Knobs) -> Fault? {
        if case .fault(let symptom, let accepts) = magic { return Fault(symptom, accepts: accepts) }
        guard !knobs.faults.isEmpty else { return nil }
        // The callback data differs between attempts, so a share is a share of attempts.
        let subject = dice.subject(send.person + send.callbackData, nth: serial())
        var found: Fault?
        adjust { knobs in
            let index = knobs.faults.firstIndex { fault in
                (fault.suffix.isEmpty || send.person.hasSuffix(fault.suffix)) && dice.happens(fault.share, .fault, subject)
            }
            guard let index else { return }
            found = knobs.faults[index]
            guard knobs.faults[index].times > 0 else { return }
            knobs.faults[index].times -= 1
            if knobs.faults[index].times == 0 { knobs.faults.remove(at: index) }
        }
        return found
    }

    private func refuseByMagic(_ magic: MagicNumber.Effect?, _ send: SendRequest) throws(GraphError) {
        switch magic {
        case .error(let code): throw .code(code)
        case .errorTwice(let code):
            let isRefused = ledger.stripes[Ledger.stripe(of: send.person)].withLock { $0.refuse(send.person, upTo: 2) }
            if isRefused { throw .code(code) }
        default: break
        }
    }
}
