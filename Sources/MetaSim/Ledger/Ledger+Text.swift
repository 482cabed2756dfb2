extension Ledger {
    /// What a status webhook says about its message.
    struct MessageText: Sendable {
        let wamid: String
        let recipient: String
        let callbackData: String
        let number: UInt16
        let failure: Int32
        let category: PricingCategory
        let byUserID: Bool
        let windowOpen: Bool
    }

    func text(of id: MessageID) -> MessageText {
        stripes[Int(id.stripe)].withLock { stripe in
            let record = stripe.records[Int(id.index)]
            let recipient = stripe.recipient(record)
            return MessageText(
                wamid: Self.wamid(record, recipient: recipient),
                recipient: recipient,
                callbackData: stripe.callbackData(record),
                number: record.number,
                failure: record.failure,
                category: record.category,
                byUserID: record.byUserID,
                windowOpen: record.windowOpen
            )
        }
    }
}
