import WaproCore
import WaproRPC
import WaproSending
import WaproStore

extension CampaignHandlers {
    func registerReports(_ handlers: inout Handlers) {
        handlers.on(CampaignReport.self) { ask, call throws(Fault) in try await report(ask, call.caller) }
        handlers.on(CampaignForecast.self) { ask, call throws(Fault) in try await forecast(ask, call.caller) }
        handlers.on(CampaignWhy.self) { ask, _ throws(Fault) in try await why(ask) }
        handlers.on(CampaignRecipients.self) { ask, _ throws(Fault) in try await recipients(ask) }
    }

    private func report(_ ask: CampaignReport, _ caller: Caller) async throws(Fault) -> CampaignReport.Reply {
        let (vitals, now) = (vitals(), clock.now())
        return try await store.ask { snapshot in
            let campaign = try snapshot.requireCampaign(ask.campaign)
            let counts = try snapshot.counts(of: campaign.id)
            let failures = try snapshot.failures(of: campaign.id).map { FailureCount(code: $0.code, count: $0.count) }
            let outlook = try snapshot.outlook(
                of: campaign,
                rate: vitals.rates[campaign.number],
                at: now,
                withReason: !caller.seesOnlyCounts
            )
            let sends = campaign.state.sends && outlook.standstill == nil
            let limit = vitals.limits[campaign.id]
            return CampaignReport.Reply(
                campaign: campaign.id,
                name: campaign.name,
                state: Open(campaign.state),
                heldBecause: campaign.heldWords,
                total: Int64(campaign.total),
                frozen: campaign.isFrozen,
                counts: RecipientCounts(counts),
                replies: Int64(campaign.replies),
                rateNow: sends ? outlook.rate : 0,
                startedAt: campaign.startedAt,
                finishedAt: campaign.finishedAt,
                failures: failures,
                etaAt: sends && outlook.left > 0 ? outlook.end : nil,
                deferred: Int64(try snapshot.deferred(of: campaign.id, at: now)),
                askedInDoubt: Int64(try snapshot.listedDoubts(of: campaign.id)),
                limit: sends ? limit.map { Open($0) } : nil,
                // What a person or wapro did to the campaign itself says its state.
                stoppedBecause: campaign.state.sends ? outlook.standstill.map { "\($0.words). \($0.next)" } : nil
            )
        }
    }

    private func recipients(_ ask: CampaignRecipients) async throws(Fault) -> Page<RecipientInfo> {
        let after = try ask.place()
        return try await store.ask { snapshot in
            let campaign = try snapshot.requireCampaign(ask.campaign)
            let (rows, next) = try snapshot.recipients(of: campaign, state: ask.state, after: after, limit: ask.limit ?? 100)
            let items = rows.map { row in
                RecipientInfo(
                    contact: row.contact,
                    phone: row.phone?.e164,
                    name: row.name,
                    state: Open(row.state),
                    reason: row.state.needsReason ? row.because.map { $0.words(code: row.code) } : nil,
                    message: row.message,
                    updatedAt: row.updatedAt ?? campaign.startedAt ?? campaign.createdAt
                )
            }
            return Page(items: items, next: next?.description)
        }
    }
}

extension RecipientCounts {
    init(_ counts: [MessageState: Int]) {
        func count(_ state: MessageState) -> Int64 { Int64(counts[state] ?? 0) }
        self.init(
            pending: count(.pending),
            waiting: count(.waiting),
            sending: count(.sending),
            inDoubt: count(.inDoubt),
            accepted: count(.accepted),
            sent: count(.sent),
            delivered: count(.delivered),
            read: count(.read),
            played: count(.played),
            failed: count(.failed),
            skipped: count(.skipped),
            cancelled: count(.cancelled),
            expired: count(.expired)
        )
    }
}

extension FailureCount {
    /// - Parameter code: Meta's error code; 0 where Meta gave none.
    init(code: Int, count: Int) {
        let kind = FailureKind(code: code)
        self.init(
            code: code == 0 ? nil : code,
            reason: kind.words,
            nextStep: kind.next,
            count: Int64(count)
        )
    }
}
