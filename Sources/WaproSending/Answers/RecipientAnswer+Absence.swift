public import WaproStore
import WaproCore

extension Snapshot {
    /// Why somebody is not in a campaign's audience at all.
    public func absence(of contact: Contact, from campaign: CampaignRecord) throws -> RecipientAnswer {
        let list = try campaign.list.flatMap { try listName($0) }
        let isMember = try list.map { try lists(of: contact.id).contains($0) } ?? true
        return switch (campaign.isFrozen || campaign.state == .cancelled, isMember) {
        case (_, true) where campaign.startedAt == nil: campaign.beforeItsStart
        case (true, true) where !campaign.isFrozen:
            RecipientAnswer(
                "The campaign was cancelled before its audience was complete, so it does not go to this person.",
                "Nothing, or send to the person with message.send."
            )
        case (false, true):
            RecipientAnswer(
                "The audience is not complete yet; this person is still to come.",
                "Nothing: it happens by itself once the campaign runs."
            )
        case (false, false):
            RecipientAnswer(
                "The person is not on the list \"\(list ?? "")\".",
                "Import the person into it before the campaign starts."
            )
        case (true, true):
            RecipientAnswer(
                "The person came to the audience after it was frozen at \(campaign.startedAt?.description ?? "the start").",
                "Send to the person alone with message.send, or start another campaign."
            )
        case (true, false):
            RecipientAnswer(
                "The person is not on the list \"\(list ?? "")\", so the campaign does not go there.",
                "Nothing, unless that is wrong: import the person and send with message.send."
            )
        }
    }
}

extension CampaignRecord {
    /// Without an audience yet: what it waits for, and what to do.
    fileprivate var beforeItsStart: RecipientAnswer {
        switch state {
        case .scheduled:
            RecipientAnswer(
                "The campaign has not started: it starts at \(startAt?.description ?? "its time").",
                RecipientAnswer.byItself,
                until: startAt
            )
        case .held:
            RecipientAnswer(
                "The campaign has not started: it is held because \(heldWords ?? "of a problem").",
                "campaign.resume starts it now."
            )
        case .cancelled:
            RecipientAnswer("The campaign was cancelled before it started.", "Nothing, or send to the person with message.send.")
        default: RecipientAnswer("The campaign has not started.", "campaign.start begins it.")
        }
    }
}
