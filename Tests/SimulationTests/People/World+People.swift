import WaproCore

@testable import WaproSending
@testable import WaproStore

extension World {
    /// What people do now and then: those who are written to, and those who work with the daemon.
    func people() async throws {
        if random.chance(0.03) { try await contactActs() }
        guard random.chance(0.04) else { return }
        switch random.int(0...11) {
        case 0: try await hold()
        case 1, 2: try await release()
        case 3: try await pause(random.pick(campaigns))
        case 4, 5: for campaign in campaigns { try await resume(campaign) }
        case 6: try await adjust(random.pick(campaigns))
        case 7: if random.chance(0.15) { try await cancel(random.pick(campaigns)) }
        case 8: try await resolve(listedOnly: random.chance(0.8))
        case 9: try await infer()
        default: try await send()
        }
    }

    /// A person writes, or stops or resumes marketing messages.
    private func contactActs() async throws {
        let phone = random.pick(Array(blueprint.phones.prefix(scenario.people)))
        let number = random.pick(Blueprint.phoneNumberIDs)
        let content: Notice.Content
        switch random.int(0...4) {
        case 0:
            content = .preference(stops: true, phone: phone)
            meta.stopped.insert(phone)
        case 1:
            content = .preference(stops: false, phone: phone)
            meta.resumed.insert(phone)
        default:
            content = .text(wamid: "wamid.in.\(meta.next())", phone: phone)
            let key = "\(number) \(phone)"
            let at = Timestamp(seconds: now.milliseconds / 1000)
            meta.written[key] = max(meta.written[key] ?? at, at)
        }
        meta.tell(content, of: number, faults: true, at: (now, elapsed), &random)
    }

    /// A message of its own: a reply, or a template.
    private func send() async throws {
        let contacts = Array(blueprint.contacts.prefix(scenario.people))
        let (contact, number) = (random.pick(contacts), random.pick(blueprint.numbers))
        let name: String? = random.weigh([1: "notice", 1: "offer", 2: nil])
        let text = "hello \(meta.next())"
        // Mostly one; now and then more than the pair limit lets a conversation borrow would take long.
        let count = random.chance(0.04) ? 50 : random.int(1...3)
        let validity: Duration = .seconds(random.chance(0.2) ? random.int(1...60) : 86_400)
        trace.note("\(now) send \(count) times \(name ?? text)")
        try await write(.control) { transaction in
            let content: DirectContent
            if let name, let record = try transaction.templates(named: name, account: nil).first {
                content = .template(record.template, parameters: ["1": "4711"])
            } else {
                content = .text(text, replyTo: nil)
            }
            for _ in 0..<count {
                _ = try transaction.enqueue(
                    kind: content.kind,
                    content: content.stored(),
                    to: contact,
                    from: number,
                    isMarketing: content.isMarketing,
                    notAfter: transaction.now.advanced(by: validity)
                )
            }
        }
    }
}
