import WaproCore

@testable import WaproStore

extension World {
    func hold() async throws {
        let scope: HoldScope =
            switch random.int(0...2) {
            case 0: .everything
            case 1: .account(random.pick(blueprint.accounts))
            default: .number(random.pick(blueprint.numbers))
            }
        trace.note("\(now) hold \(scope)")
        _ = try await write(.control) { try $0.hold(scope, because: .asked) }
        ledger.holds.insert(scope)
        tally.count("people hold")
    }

    @discardableResult
    func release() async throws -> Bool {
        let holds = ledger.holds
        guard !holds.isEmpty else { return false }
        trace.note("\(now) release \(holds.count)")
        let released = try await write(.control) { transaction in try holds.filter { try transaction.release($0) } }
        guard released == holds else { throw Broken("holds", "\(holds) were to be released, and \(released) were") }
        ledger.holds = []
        return true
    }

    func pause(_ campaign: CampaignID) async throws {
        try await write(.control) { transaction in
            guard let state = try transaction.campaign(campaign)?.state, state.mayMove(to: .paused) else { return }
            try transaction.move(campaign, from: state, to: .paused, because: .asked)
        }
        trace.note("\(now) pause \(campaign)")
        tally.count("people pause")
    }

    /// As `campaign.resume` does it, which looks again at what stopped the number. False when there was nothing to resume.
    @discardableResult
    func resume(_ campaign: CampaignID) async throws -> Bool {
        let isResumed = try await write(.control) { transaction in
            guard let record = try transaction.campaign(campaign), record.state == .paused || record.state == .held else { return false }
            try transaction.halt(record.number, code: nil)
            if record.startedAt == nil {
                try transaction.beginFreezing(campaign, from: record.state, because: .asked)
            } else {
                try transaction.move(campaign, from: record.state, to: record.isFrozen ? .running : .freezing, because: .asked)
            }
            return true
        }
        if isResumed { trace.note("\(now) resumed \(campaign)") }
        return isResumed
    }

    func cancel(_ campaign: CampaignID) async throws {
        try await write(.control) { transaction in
            guard let state = try transaction.campaign(campaign)?.state, state.mayMove(to: .cancelled) else { return }
            try transaction.cancel(campaign, from: state)
        }
        trace.note("\(now) cancel \(campaign)")
        tally.count("people cancel")
    }

    /// Another rate, another daily cap where there is one.
    func adjust(_ campaign: CampaignID) async throws {
        let rate: Int? = random.weigh([1: nil, 1: 3, 1: 10])
        let cap = ledger.caps[campaign].map { _ in random.int(3...9) }
        try await write(.control) { try $0.adjust(campaign, rate: rate, dailyCap: cap) }
        trace.note("\(now) adjust \(campaign) to \(rate ?? 0) a second, \(cap ?? 0) a day")
        ledger.adjusted(campaign, rate: rate, cap: cap)
        tally.count("people adjust")
    }

    /// Decides about messages in doubt, by what the people who were written to say; now and then they are sent again.
    @discardableResult
    func resolve(listedOnly: Bool) async throws -> Bool {
        let doubted = ledger.open.filter { $0.value == .inDoubt }.keys.sorted()
        let open = try await store.read { snapshot in try doubted.compactMap { try snapshot.message($0) } }
            .filter { $0.state == .inDoubt && (!listedOnly || $0.listedAt != nil) }
        for message in open {
            let attempt = AttemptID(message: message.id, ordinal: message.attempt)
            let isCancelled = message.campaign.map { ledger.campaigns[$0] == .cancelled } ?? false
            let wasTaken = !meta.taken(of: message.id).filter { $0.taken.failure == nil }.isEmpty
            let isResent = !isCancelled && random.chance(wasTaken ? 0.1 : 0.4)
            let verdict: DoubtResolution = isResent ? .resend : wasTaken ? .sent : .notSent
            if isResent { ledger.ordered.insert(message.id) }
            trace.note("\(now) \(attempt) is resolved: \(verdict)")
            try await write(.control) { try $0.resolve(message, as: verdict) }
            tally.count("people \(verdict)")
        }
        return !open.isEmpty
    }

    /// What Meta's history shows of a message that was in doubt when it was asked.
    func infer() async throws {
        guard let message = ledger.doubted.randomElement(using: &random), let last = meta.taken(of: message).last,
            last.ordinal == ledger.current[message]
        else { return }
        let isInferred = try await write(.control) {
            try $0.infer(AttemptID(message: message, ordinal: last.ordinal), wamid: last.taken.wamid)
        }
        trace.note("\(now) inferred \(message): \(isInferred)")
        if isInferred { tally.count("inferred") }
    }

    /// When the faults are over people let go of what is held, resume what is stopped, and decide what is in doubt. False when there was nothing.
    func setRight() async throws -> Bool {
        var did = try await release()
        if !ledger.halted.isEmpty {
            did = true
            try await write(.control) { [halted = ledger.halted] in for number in halted.sorted() { try $0.halt(number, code: nil) } }
        }
        for campaign in campaigns where ledger.campaigns[campaign] == .held || ledger.campaigns[campaign] == .paused {
            try await resume(campaign)
            did = true
        }
        if !ledger.listed.isEmpty, try await resolve(listedOnly: true) { did = true }
        return did
    }
}
