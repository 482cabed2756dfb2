import WaproCore
import WaproStore

extension Meta {
    /// What becomes of a message that was taken: statuses, each with its own way to us, so that they come in any order.
    mutating func live(
        _ post: Post,
        as wamid: String,
        faults: Bool,
        at time: (now: Timestamp, elapsed: Duration),
        _ random: inout Seeded,
        _ tally: inout Tally
    ) {
        let facts: [StatusFact] =
            faults
            ? random.weigh([
                3: [], 3: [.sent], 5: [.sent, .delivered], 5: [.sent, .delivered, .read], 1: [.delivered], 2: [.failed],
                2: [.sent, .failed], 1: [.sent, .failed, .delivered],
            ]) : random.weigh([1: [.sent, .delivered], 1: [.sent, .delivered, .read]])
        var failure: Int?
        if facts.contains(.failed) {
            let isMarketing = post.isMarketing
            failure = random.weigh([
                2: isMarketing ? 131049 : 131056, 2: 131026, 2: 131056, 1: 130429, 1: isMarketing ? 131050 : 131026, 1: 132015, 1: 131048,
                1: 131000,
            ])
            // It would reach the person twice, and by nobody's fault but Meta's.
            if facts.contains(.delivered) { failure = 131026 }
            tally.count("meta failed \(failure ?? 0)")
        }
        taken[post.claim.attempt]?.facts = Set(facts)
        taken[post.claim.attempt]?.failure = failure
        if failure == 131050 { stopped.insert(post.phone) }
        for fact in facts {
            let content = Notice.Content.status(
                fact,
                wamid: wamid,
                phone: post.phone,
                code: fact == .failed ? failure : nil,
                callback: post.callbackData
            )
            tell(content, of: post.phoneNumberID, faults: faults, at: time, &random)
        }
    }

    /// Puts news on its way: some of it takes hours.
    mutating func tell(
        _ content: Notice.Content,
        of phoneNumberID: String,
        faults: Bool,
        at time: (now: Timestamp, elapsed: Duration),
        _ random: inout Seeded
    ) {
        let delay: Duration =
            faults ? random.weigh([12: .zero, 4: .seconds(random.int(1...8)), 2: .seconds(random.int(60...20_000))]) : .zero
        notices.append(Notice(content: content, phoneNumberID: phoneNumberID, at: time.now, due: time.elapsed + delay))
    }
}
