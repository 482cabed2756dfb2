import DequeModule
import WaproCore
import WaproStore

extension SendingMachine {
    /// What to do next, given everything that is known.
    mutating func plan(at now: Timestamp, into effects: inout [SendingEffect]) {
        wanted = nil
        defer { askForWake(at: now, into: &effects) }
        handOver(at: now, into: &effects)
        // One that is farther away was set by a clock that has gone back since.
        if let retry = nextRetry, now < retry, now.duration(to: retry) <= settings.retryAfterTrouble { return wake(at: retry) }
        nextRetry = nil
        if !isStopping { planWork(at: now, into: &effects) }
        record(at: now, into: &effects)
    }

    private mutating func planWork(at now: Timestamp, into effects: inout [SendingEffect]) {
        if (hasRung || nextStart.map { $0 <= now } ?? false), !isLooking {
            (isLooking, hasRung, nextStart) = (true, false, nil)
            effects.append(.look)
        }
        for id in cancelled where sweeping.insert(id).inserted { effects.append(.sweep(id)) }
        cancelled = []
        // Transactions of results are under way; the next one that ends brings us here again.
        guard results.count < settings.unwritten else { return }
        for id in numbers.keys.sorted() { planConversations(of: id, at: now, into: &effects) }
        for id in campaigns.keys.sorted(by: { (campaigns[$0]?.served ?? 0, $0) < (campaigns[$1]?.served ?? 0, $1) }) {
            planAudience(of: id, into: &effects)
            planCampaign(id, at: now, into: &effects)
        }
        if let nextStart { wake(at: nextStart) }
    }

    /// Hands over what was claimed as far as the second has room, conversations first.
    private mutating func handOver(at now: Timestamp, into effects: inout [SendingEffect]) {
        for id in numbers.keys.sorted() {
            if var replies = numbers[id]?.heldReplies, !replies.isEmpty {
                numbers[id]?.heldReplies = []
                handOver(&replies, of: id, toConversations: true, at: now, into: &effects)
                numbers[id]?.heldReplies = replies
            }
            if var claims = numbers[id]?.heldCampaigns, !claims.isEmpty {
                numbers[id]?.heldCampaigns = []
                handOver(&claims, of: id, toConversations: false, at: now, into: &effects)
                numbers[id]?.heldCampaigns = claims
            }
        }
    }

    /// What was claimed too long ago, or stopped meanwhile, certainly was not sent: it goes back.
    private mutating func handOver(
        _ held: inout Deque<Claim>,
        of id: NumberID,
        toConversations: Bool,
        at now: Timestamp,
        into effects: inout [SendingEffect]
    ) {
        // Room on the wire comes with an answer.
        let room = toConversations ? held.count : limits.campaigns - campaignsOnWire
        var leaving: [Claim] = []
        while let claim = held.first {
            if isStopping || numbers[id]?.isHalted == true || claim.campaign.map({ campaigns[$0] == nil }) ?? false {
                note(claim, .takenBack(because: isStopping ? .shuttingDown : .campaignStopped), at: now)
            } else if claim.intentAt.duration(to: now) > settings.intentLife {
                note(claim, .takenBack(because: .intentTooOld), at: now)
            } else if leaving.count >= room {
                break
            } else if numbers[id]?.pacer.depart(toConversations: toConversations, at: now) == true {
                leaving.append(claim)
            } else {
                if let next = numbers[id]?.pacer.nextDeparture { wake(at: next) }
                break
            }
            held.removeFirst()
        }
        guard !leaving.isEmpty else { return }
        if !toConversations { campaignsOnWire += leaving.count }
        effects.append(.handOver(leaving))
    }

    /// Writes down what came back. A campaign's answers wait a little for one another, unless there is a commit anyway.
    private mutating func record(at now: Timestamp, into effects: inout [SendingEffect]) {
        guard let since = resultsSince, recordings < settings.recordings else { return }
        let due = since.advanced(by: settings.gather)
        let isClaiming = effects.contains { if case .claim = $0 { true } else { false } }
        guard
            isStopping || areResultsUrgent || isClaiming || campaignsInFlight == 0 || results.count >= settings.batch
                || !(since...due).contains(now) || now == due
        else { return wake(at: due) }
        while !results.isEmpty, recordings < settings.recordings {
            let batch = Array(results.prefix(settings.batch))
            results.removeFirst(batch.count)
            recordings += 1
            effects.append(.record(batch))
        }
        if results.isEmpty { (resultsSince, areResultsUrgent) = (nil, false) }
    }

    private mutating func planConversations(of id: NumberID, at now: Timestamp, into effects: inout [SendingEffect]) {
        guard var work = numbers[id], !work.isHalted, !work.isClaiming, let due = work.conversationDue else { return }
        guard due <= now else { return wake(at: due) }
        let room = min(settings.batch, limits.conversations - conversationsInFlight)
        guard room > 0 else { return }
        let granted = work.pacer.grant(room, toConversations: true, at: now)
        numbers[id] = work
        guard granted > 0 else { return wake(at: work.pacer.nextGrant(toConversations: true, after: now)) }
        numbers[id]?.isClaiming = true
        conversationsInFlight += granted
        pendingClaims += 1
        effects.append(.claim(.conversation(id), granted: granted))
    }

    /// Freezes and expands only as far ahead as sending needs, so that what a pause or an opt-out must undo stays small.
    private mutating func planAudience(of id: CampaignID, into effects: inout [SendingEffect]) {
        guard var work = campaigns[id] else { return }
        if !work.isFrozen, !work.isFreezing {
            work.isFreezing = true
            effects.append(.freeze(id))
        }
        if work.pending > 0, work.ready < settings.ahead, !work.isExpanding {
            work.isExpanding = true
            effects.append(.expand(id, limit: settings.batch))
        }
        if work.isFrozen, work.pending <= 0, work.waiting <= 0, unsettled[id] == nil, !work.isFinishing, !work.isClaiming, !work.isExpanding
        {
            work.isFinishing = true
            effects.append(.finish(id))
        }
        campaigns[id] = work
    }

    private mutating func planCampaign(_ id: CampaignID, at now: Timestamp, into effects: inout [SendingEffect]) {
        guard var work = campaigns[id], work.waiting > 0, !work.isClaiming, var number = numbers[work.number], !number.isHalted else {
            return
        }
        if let due = work.nextDue, due > now { return wake(at: due) }
        // Campaigns that could use the number now share what it grants.
        let rivals = campaigns.values.count { $0.number == work.number && $0.waiting > 0 && ($0.nextDue ?? now) <= now }
        let room = min(settings.batch, work.waiting, limits.campaigns + claimsAhead - campaignsInFlight)
        guard room > 0 else { return limited(id, by: .inFlight) }
        var wanted = max(1, rivals > 1 ? room / rivals : room)
        if var bucket = work.bucket {
            let lump = bucket.lump(of: wanted)
            wanted = min(wanted, bucket.available(at: now))
            campaigns[id]?.bucket = bucket
            guard wanted >= lump else {
                limited(id, by: .campaignRate)
                return wake(at: bucket.nextToken(lump, after: now))
            }
            work.bucket = bucket
        }
        let granted = number.pacer.grant(wanted, toConversations: false, at: now)
        numbers[work.number] = number
        guard granted > 0 else {
            limited(id, by: .throughput)
            return wake(at: number.pacer.nextGrant(wanted, toConversations: false, after: now))
        }
        work.bucket?.take(granted)
        (work.isClaiming, work.limit) = (true, nil)
        campaigns[id] = work
        campaignsInFlight += granted
        pendingClaims += 1
        effects.append(.claim(.campaign(id), granted: granted))
    }

    /// When the wire is full, what it will have room for in a fiftieth of a second is claimed meanwhile: little enough not to grow old.
    private var claimsAhead: Int { min(answers.count / 50, settings.batch) }

    /// What keeps a campaign back, for people who ask.
    private mutating func limited(_ id: CampaignID, by limit: SendingLimit) {
        campaigns[id]?.limit = limit
    }

    private mutating func wake(at time: Timestamp) {
        wanted = min(wanted ?? time, time)
    }

    /// Asks for the wake that is wanted first, unless one as early is on its way. Whether it has come only its coming tells, not the clock,
    /// which may have gone either way since it was asked for.
    private mutating func askForWake(at now: Timestamp, into effects: inout [SendingEffect]) {
        guard let wanted, !wakes.contains(where: { now < $0 && $0 <= wanted }) else { return }
        wakes.append(wanted)
        effects.append(.wake(at: wanted))
    }
}
