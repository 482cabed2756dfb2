/// A send that passed every check of its content: what is to be accepted.
struct SendRequest: Sendable {
    let number: Directory.Number
    /// What the caller wrote in `to` or `recipient`; answered as `contacts[].input`.
    let input: String
    /// The person: `contacts[].wa_id`, or `user_id` when named by that. The key of the ledger.
    let person: String
    let byUserID: Bool
    let kind: MessageKind
    /// What the person will read.
    let text: String
    let template: Directory.Entry?
    /// The first quick-reply button, for those who press it: payload and label.
    let quickReply: QuickReply?
    let callbackData: String
    let category: PricingCategory

    struct QuickReply: Sendable {
        let payload: String
        let label: String
    }
}
