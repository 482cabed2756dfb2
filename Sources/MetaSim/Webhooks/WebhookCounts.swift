/// What became of the webhooks so far.
public struct WebhookCounts: Sendable, Equatable {
    /// POSTs made, repeated ones included.
    public internal(set) var posts = 0
    /// POSTs that were not answered 200 and will be, or were, tried again.
    public internal(set) var retries = 0
    /// Updates that were answered 200.
    public internal(set) var delivered = 0
    /// Updates given up after seven days.
    public internal(set) var expired = 0

    mutating func note(_ parcel: Parcel, isDone: Bool, isExpired: Bool) {
        posts += 1
        if isDone {
            delivered += parcel.updates.count
        } else if isExpired {
            expired += parcel.updates.count
        } else {
            retries += 1
        }
    }

    static func + (one: WebhookCounts, other: WebhookCounts) -> WebhookCounts {
        var sum = one
        sum.posts += other.posts
        sum.retries += other.retries
        sum.delivered += other.delivered
        sum.expired += other.expired
        return sum
    }
}
