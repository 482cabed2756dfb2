import MetaSim
import Testing
import WaproCore
import WaproRPC

/// Compares what the daemon says with what others know: Meta's ledger, the calls that were answered, the webhooks that were answered
/// 200. The numbers are the invariants of operations.md §4.5.
struct Audit: Sendable {
    let stage: Stage
    var people = Errands.people
    var campaign = "launch"

    /// Waits until everything is over: the campaign, the webhooks, and whatever waits to be tried again.
    func settle(within limit: Duration = .seconds(40)) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            await stage.simulator.settled()
            let report = try await stage.insist(CampaignReport(campaign: campaign))
            let status = try await stage.insist(SystemStatus())
            let isOver = report.state.slug == "finished" && status.webhook.pending == 0 && status.queue.waiting == 0
            if isOver, status.queue.inFlight == 0, stage.simulator.webhookCounts.delivered > 0 { return }
            try #require(
                ContinuousClock.now < deadline,
                "not over after \(limit): \(report.state.slug), \(report.counts), \(status.queue), \(status.webhook)"
            )
            try await Task.sleep(for: .milliseconds(30))
        }
    }

    /// I2, I3, I7: nobody twice, nobody lost, in doubt exactly who may have it and of whom no status came; counters equal a recount.
    ///
    /// - Parameter sameness: what counts as twice; somebody may have got more than the campaign.
    func checkCampaign(sameness: Sameness = .recipient) async throws {
        let report = try await stage.insist(CampaignReport(campaign: campaign))
        let ledger = stage.simulator.ledger
        let twice = ledger.duplicates(sameness).map(\.recipient)
        #expect(twice == [], "messaged twice")
        #expect(report.total == Int64(people) && report.counts.sum == report.total, "lost: \(report.counts)")
        let messages = try await stage.insist(MessageList(campaign: campaign, limit: 1000)).items
        #expect(messages.count == people && Set(messages.compactMap(\.phone)).count == people)
        let doubtful = messages.filter { $0.state.slug == "in_doubt" }.compactMap(\.phone).sorted()
        let unreached = messages.compactMap(\.phone).filter { ledger.messages(to: $0).isEmpty }.sorted()
        #expect(doubtful == unreached, "in doubt is somebody of whom a status came, or somebody is missing and not in doubt")
        let recount = Dictionary(grouping: messages, by: \.state.slug).mapValues { Int64($0.count) }
        #expect(recount == report.counts.nonzero, "counters and rows differ")
    }

    /// I8 in part: every reply that was answered is there, once in the store and at most once at the person.
    func check(_ book: Errands.Book) async throws {
        for (person, id) in book.replies {
            let sent = try await stage.insist(MessageList(contact: person, direction: .outbound)).items
            #expect(sent.map(\.id) == [id], "a reply that was answered is missing, or there is another")
            let isInDoubt = sent.first?.state.slug == "in_doubt"
            #expect(stage.simulator.ledger.messages(to: person).count == (isInDoubt ? 0 : 1))
        }
    }

    /// I1: what was answered 200 is in the store, once.
    func check(inboundOf people: [String]) async throws {
        for person in people {
            let came = try await stage.insist(MessageList(contact: person, direction: .inbound)).items
            #expect(came.map(\.text) == ["I am \(person.suffix(3))"], "a webhook that was answered 200 is missing or was applied twice")
        }
    }

    /// I6: the numbers of events have no gap.
    func checkEvents() async throws {
        let (numbers, last) = try await stage.call { waprod in
            let last = try await waprod(SystemStatus()).events.last
            _ = try await waprod(EventSubscribe(from: "0"))
            var numbers: [Int64] = []
            while numbers.last ?? 0 < last, let event = try await waprod.next(EventNotification.self) { numbers.append(event.seq) }
            return (numbers, last)
        }
        #expect(numbers == Array(1...last), "events are missing or out of order")
    }
}

extension RecipientCounts {
    /// By the state's slug, without the empty ones.
    var nonzero: [String: Int64] {
        [
            "pending": pending, "waiting": waiting, "sending": sending, "in_doubt": inDoubt, "accepted": accepted, "sent": sent,
            "delivered": delivered, "read": read, "played": played, "failed": failed, "skipped": skipped, "cancelled": cancelled,
            "expired": expired,
        ].filter { $0.value != 0 }
    }
}
