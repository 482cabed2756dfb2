import WaproCore
import WaproRPC
import WaproSending
import WaproStore

extension CampaignHandlers {
    func why(_ ask: CampaignWhy) async throws(Fault) -> CampaignWhy.Reply {
        let (vitals, now) = (vitals(), clock.now())
        return try await store.ask { snapshot in
            let campaign = try snapshot.requireCampaign(ask.campaign)
            let contact = try snapshot.requireContact(ask.recipient, field: "recipient")
            guard let recipient = try snapshot.recipient(contact.id, of: campaign) else {
                let answer = try snapshot.absence(of: contact, from: campaign)
                return CampaignWhy.Reply(
                    contact: contact.id,
                    isRecipient: false,
                    answer: answer.words,
                    until: answer.until,
                    nextStep: answer.next,
                    history: []
                )
            }
            let message = try recipient.message.flatMap { try snapshot.message($0) }
            let history = try recipient.message.map { try snapshot.history(of: $0) } ?? []
            let answer = try snapshot.answer(
                about: recipient,
                message,
                of: campaign,
                // A message that was put off since has another reason than its last change.
                detail: history.last.flatMap { $0.because == recipient.because ? $0.detail : nil },
                limit: vitals.limits[campaign.id],
                at: now
            )
            return CampaignWhy.Reply(
                contact: contact.id,
                isRecipient: true,
                state: Open(recipient.state),
                answer: answer.words,
                since: message?.updatedAt ?? campaign.startedAt,
                until: answer.until,
                nextStep: answer.next,
                message: recipient.message,
                history: history.compactMap(MessageChange.init)
            )
        }
    }
}
