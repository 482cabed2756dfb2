import Synchronization

/// The throughput of each business number: a bucket that holds one second's worth. Inbound messages take from it too, and may
/// overdraw it (whatsapp-cloud-api, "Throughput and limits").
final class Limits: Sendable {
    private struct Bucket {
        var tokens: Double
        var filled: Int64
    }

    private let buckets = Mutex<[UInt16: Bucket]>([:])

    /// Takes one message out of a number's bucket. `rate` is in messages a second, `now` in milliseconds.
    func take(_ number: UInt16, rate: Double, now: Int64, overdraw: Bool = false) -> Bool {
        buckets.withLock { buckets in
            var bucket = buckets[number] ?? Bucket(tokens: rate, filled: now)
            bucket.tokens = min(rate, bucket.tokens + Double(max(0, now - bucket.filled)) / 1_000 * rate)
            bucket.filled = max(bucket.filled, now)
            let allowed = overdraw || bucket.tokens >= 1
            if allowed { bucket.tokens -= 1 }
            buckets[number] = bucket
            return allowed
        }
    }
}

extension PhoneNumber {
    /// Messages a second under these knobs; nil without a limit.
    func rate(_ knobs: Knobs) -> Double? {
        switch knobs.throughputPerSecond {
        case 0: throughput == .high ? 1_000 : 80
        case ..<0: nil
        case let rate: Double(rate)
        }
    }
}
