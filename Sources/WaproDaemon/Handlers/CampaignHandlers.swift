import WaproCloud
import WaproCore
import WaproRPC
import WaproSending
import WaproStore

/// Answers `campaign.*`: checks what is asked and moves the campaign's state. Sending happens elsewhere; the store's bell wakes it.
struct CampaignHandlers: Sendable {
    let store: Store
    let changes: Changes
    let clock: WallClock
    let vitals: @Sendable () -> DispatcherVitals

    /// How long an equal campaign is remembered, so that a second click does not message everybody twice.
    static let equalFor = Duration.seconds(7 * 86_400)

    func register(_ handlers: inout Handlers) {
        changes.on(CampaignCreate.self, in: &handlers) { try $1.info(of: Self.create($0, $1)) }
        handlers.on(CampaignList.self) { ask, _ throws(Fault) in try await list(ask) }
        handlers.on(CampaignShow.self) { ask, _ throws(Fault) in
            try await store.ask { try $0.info(of: $0.requireCampaign(ask.campaign), withParameters: true) }
        }
        changes.on(CampaignStart.self, in: &handlers) { try $1.info(of: Self.start($0, $1)) }
        changes.on(CampaignPause.self, in: &handlers) { try $1.info(of: Self.pause($0, $1)) }
        changes.on(CampaignResume.self, in: &handlers) { try $1.info(of: Self.resume($0, $1)) }
        changes.on(CampaignAdjust.self, in: &handlers) { try $1.info(of: Self.adjust($0, $1)) }
        changes.on(CampaignResolve.self, in: &handlers) { try Self.resolve($0, $1) }
        changes.on(CampaignCancel.self, in: &handlers) { try $1.info(of: Self.cancel($0, $1)) }
        registerReports(&handlers)
    }

    private static func create(_ ask: CampaignCreate, _ transaction: Transaction) throws -> CampaignID {
        guard try transaction.campaign(ask.name) == nil else {
            throw Fault(.conflict, "There is a campaign \"\(ask.name)\" already.", field: "name", hint: "Choose another name.")
        }
        let number = try transaction.requireNumber(ask.number, field: "number")
        let template = try transaction.requireTemplate(ask.template, language: ask.language, account: number.account)
        try template.requireSendable()
        let list = try audience(ask, transaction)
        do {
            _ = try template.template.plan(parameters: ask.parameters ?? [:])
        } catch {
            throw Fault(refusal: error)
        }
        if let expires = ask.expiresAt, expires <= transaction.now {
            throw Fault(.invalidParameters, "expires_at must be later than now.", field: "expires_at")
        }
        let id = try transaction.createCampaign(
            CampaignDraft(
                name: ask.name,
                number: number.id,
                template: template,
                list: list,
                parameters: ask.parameters ?? [:],
                rate: ask.rate,
                dailyCap: ask.dailyCap,
                missed: ask.missed ?? .ask,
                startAt: ask.startAt,
                expiresAt: ask.expiresAt
            )
        )
        if ask.startAt != nil {
            let hint = "If people are meant to get it twice, create it without start_at, and start it with at and again."
            try refuseRepeated(try transaction.requireCampaign(id.description), transaction, field: "start_at", hint: hint)
        }
        return id
    }

    /// Refuses what went to the same people a short time ago, or will go.
    private static func refuseRepeated(_ campaign: CampaignRecord, _ transaction: Transaction, field: String, hint: String) throws {
        let since = transaction.now.advanced(by: .zero - equalFor)
        guard let equal = try transaction.equalCampaign(to: campaign, startedSince: since) else { return }
        let when = equal.startedAt.map { "went to the same audience since \($0)" } ?? "will go to the same audience as well"
        throw Fault(.repeatedCampaign, "The same template with the same parameters \(when): \"\(equal.name)\".", field: field, hint: hint)
    }

    private static func audience(_ ask: CampaignCreate, _ transaction: Transaction) throws -> ListID? {
        switch try ask.audience() {
        case .list(let name):
            guard let list = try transaction.list(named: name) else {
                throw Fault.notFound("list", "\"\(name)\"", field: "list", hint: "contact.import makes one.")
            }
            return list.id
        case .everyone: return nil
        }
    }

    private static func start(_ ask: CampaignStart, _ transaction: Transaction) throws -> CampaignID {
        let campaign = try transaction.requireCampaign(ask.campaign)
        guard campaign.state == .draft || campaign.state == .scheduled else {
            throw campaign.refusal(to: "be started", hint: campaign.state == .paused ? "campaign.resume continues it." : nil)
        }
        if let template = try transaction.template(campaign.template) { try template.requireSendable() }
        if let list = campaign.list, let name = try transaction.listName(list), try transaction.list(named: name)?.members == 0 {
            throw Fault(.emptyAudience, "Nobody is on the list \"\(name)\".", hint: "Import contacts into it first.")
        }
        if !(ask.again ?? false) {
            let hint = "If people are meant to get it twice, give again (waproctl --again)."
            try refuseRepeated(campaign, transaction, field: "again", hint: hint)
        }
        if let start = ask.at, start > transaction.now {
            if campaign.state == .scheduled { try transaction.move(campaign.id, from: .scheduled, to: .draft, because: .asked) }
            try transaction.schedule(campaign.id, at: start)
        } else {
            try transaction.beginFreezing(campaign.id, from: campaign.state, because: .asked)
        }
        return campaign.id
    }

    private static func pause(_ ask: CampaignPause, _ transaction: Transaction) throws -> CampaignID {
        let campaign = try transaction.requireCampaign(ask.campaign)
        guard campaign.state.mayMove(to: .paused) else { throw campaign.refusal(to: "be paused") }
        try transaction.move(campaign.id, from: campaign.state, to: .paused, because: .asked)
        return campaign.id
    }

    private static func resume(_ ask: CampaignResume, _ transaction: Transaction) throws -> CampaignID {
        let campaign = try transaction.requireCampaign(ask.campaign)
        let number = try transaction.number(campaign.number)
        guard campaign.state == .paused || campaign.state == .held || (campaign.state.sends && number?.halted != nil) else {
            throw campaign.refusal(to: "be resumed", hint: try transaction.wayOut(of: campaign))
        }
        // What stopped the number stopped its whole account, and is looked at again for all of it: the first refusal stops it again if the cause
        // is still there.
        if let number { try transaction.liftHalts(of: .account(number.account)) }
        guard !campaign.state.sends else { return campaign.id }
        if campaign.startedAt == nil {
            // It missed its start; the person says that it shall go now.
            try transaction.beginFreezing(campaign.id, from: campaign.state, because: .asked)
        } else {
            try transaction.move(campaign.id, from: campaign.state, to: campaign.isFrozen ? .running : .freezing, because: .asked)
        }
        return campaign.id
    }

    private static func cancel(_ ask: CampaignCancel, _ transaction: Transaction) throws -> CampaignID {
        let campaign = try transaction.requireCampaign(ask.campaign)
        guard campaign.state.mayMove(to: .cancelled) else { throw campaign.refusal(to: "be cancelled") }
        try transaction.cancel(campaign.id, from: campaign.state)
        return campaign.id
    }

    private func list(_ ask: CampaignList) async throws(Fault) -> Page<CampaignInfo> {
        let limit = ask.limit ?? 100
        let after = try ask.place()
        return try await store.ask { snapshot in
            let found = try snapshot.campaigns(before: after, limit: limit)
            let items = try found.filter { ask.state == nil || $0.state == ask.state }.map { try snapshot.info(of: $0) }
            return Page(items: items, next: found.count == limit ? found.last?.id.description : nil)
        }
    }
}

extension CampaignRecord {
    func refusal(to what: String, hint: String? = nil) -> Fault {
        Fault(.campaignState, "\"\(name)\" is \(state.slug), so it cannot \(what).", field: "campaign", hint: hint)
    }
}

extension Snapshot {
    /// What helps instead where resuming does not.
    fileprivate func wayOut(of campaign: CampaignRecord) throws -> String? {
        switch campaign.state {
        case .draft: "campaign.start begins it."
        case .freezing, .running: try isHeld(campaign.number) ? "It is held: system.release says what it would send, and lets it go." : nil
        default: nil
        }
    }

    func requireCampaign(_ text: String) throws -> CampaignRecord {
        guard let campaign = try campaign(text) else { throw Fault.notFound("campaign", "\"\(text)\"", field: "campaign") }
        return campaign
    }

    func info(of id: CampaignID) throws -> CampaignInfo {
        guard let campaign = try campaign(id) else { throw StoreFailure.refused("campaign \(id) is gone") }
        return try info(of: campaign)
    }

    func info(of campaign: CampaignRecord, withParameters: Bool = false) throws -> CampaignInfo {
        let number = try number(campaign.number)
        let list = try campaign.list.flatMap { try listName($0) }
        return CampaignInfo(
            id: campaign.id,
            name: campaign.name,
            number: number?.name ?? "",
            template: campaign.definition.name,
            language: campaign.definition.language,
            audience: list.map { "list \($0)" } ?? "everyone",
            state: Open(campaign.state),
            heldBecause: campaign.heldWords,
            parameters: withParameters ? campaign.parameters : nil,
            createdAt: campaign.createdAt,
            startAt: campaign.startAt,
            startedAt: campaign.startedAt,
            finishedAt: campaign.finishedAt,
            expiresAt: campaign.expiresAt,
            total: Int64(campaign.total),
            rate: campaign.rate,
            dailyCap: campaign.dailyCap,
            missed: Open(campaign.missed)
        )
    }
}
