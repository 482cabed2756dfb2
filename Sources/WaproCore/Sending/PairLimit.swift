/// Meta's limit between one business number and one person: a message each six seconds, and a burst that is borrowed from the time to come
/// and paid back (whatsapp-cloud-api.md §7). Campaigns do not borrow.
public enum PairLimit {
    public static let gap = Duration.seconds(6)
    /// Messages that conversations may send at once.
    public static let burst = 45

    /// Until when a pair's messages are paid for, after one more now.
    public static func paid(until: Timestamp?, andOneMoreAt now: Timestamp) -> Timestamp {
        max(until ?? now, now).advanced(by: gap)
    }

    /// From when on the pair may have another message; nil: now.
    ///
    /// - Parameter borrows: a conversation's message, which may use the burst.
    public static func opens(paidUntil until: Timestamp?, borrows: Bool, at now: Timestamp) -> Timestamp? {
        guard let until else { return nil }
        let opens = borrows ? until.advanced(by: gap * -(burst - 1)) : until
        return opens > now ? opens : nil
    }
}
