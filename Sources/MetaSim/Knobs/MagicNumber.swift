/// Recipients that misbehave on purpose. A phone number that ends in `99` and six digits has a meaning: mostly the six digits are the
/// error code, so `+44 7799 131026` is not on WhatsApp. `waprod demo`, tests and people at a shell use them without configuring anything.
public struct MagicNumber: Sendable {
    /// What happens to a message to it.
    public enum Effect: Sendable, Equatable {
        /// The send answers with this error, always.
        case error(Int)
        /// The send answers with this error the first two times, then goes through.
        case errorTwice(Int)
        /// Accepted; a `failed` status with this code follows.
        case failed(Int)
        /// Something goes wrong with the answer, see ``Fault``.
        case fault(Fault.Symptom, accepts: Bool)
        case neverDelivered
        case readWithoutDelivered
        case failedAfterDelivered
        case reordered
        case duplicated
        case webhookFirst
        /// Reads at once and replies with this text; "" presses the first quick-reply button, or says "Yes".
        case replies(String)
        /// Gets it and never reads it.
        case neverReads
    }

    /// The last six digits, after `99`.
    public let code: String
    public let effect: Effect
    /// What it does, for people.
    public let meaning: String

    private init(_ code: String, _ effect: Effect, _ meaning: String) {
        self.code = code
        self.effect = effect
        self.meaning = meaning
    }

    /// The effect for a recipient's digits, if it has one.
    static func effect(of digits: String) -> Effect? {
        let utf8 = digits.utf8
        guard utf8.count >= 10 else { return nil }
        let start = utf8.index(utf8.endIndex, offsetBy: -8)
        guard utf8[start] == 0x39, utf8[utf8.index(after: start)] == 0x39 else { return nil }
        return effects[String(digits.suffix(6))]
    }

    private static let effects = Dictionary(uniqueKeysWithValues: table.map { ($0.code, $0.effect) })

    /// All of them.
    public static let table: [MagicNumber] = [
        .init("131026", .failed(131_026), "accepted, then failed: undeliverable"),
        .init("131047", .failed(131_047), "accepted, then failed: more than 24 hours since the person wrote"),
        .init("131048", .failed(131_048), "accepted, then failed: spam rate limit"),
        .init("131049", .failed(131_049), "accepted, then failed: held back by Meta's cap per person"),
        .init("131050", .failed(131_050), "accepted, then failed: the person stopped marketing messages"),
        .init("130472", .failed(130_472), "accepted, then failed: the person is part of an experiment"),
        .init("131053", .failed(131_053), "accepted, then failed: the media could not be loaded"),
        .init("131042", .failed(131_042), "accepted, then failed: payment problem"),
        .init("130403", .failed(130_403), "accepted, then failed: you blocked the person"),
        .init("132015", .failed(132_015), "accepted, then failed: dropped by pacing, template paused"),
        .init("931000", .failed(131_000), "accepted, then failed: something went wrong"),
        .init("930429", .failed(130_429), "accepted, then failed: throughput reached"),
        .init("931056", .failed(131_056), "accepted, then failed: pair limit reached"),
        .init("131000", .errorTwice(131_000), "answers 131000 (HTTP 500) twice, then accepts"),
        .init("131016", .errorTwice(131_016), "answers 131016 (HTTP 500) twice, then accepts"),
        .init("131057", .errorTwice(131_057), "answers 131057 (HTTP 500, maintenance) twice, then accepts"),
        .init("000002", .errorTwice(2), "answers 2 (HTTP 503) twice, then accepts"),
        .init("000004", .errorTwice(4), "answers 4 (app rate limit) twice, then accepts"),
        .init("080007", .errorTwice(80_007), "answers 80007 (account rate limit) twice, then accepts"),
        .init("130429", .errorTwice(130_429), "answers 130429 (throughput) twice, then accepts"),
        .init("131056", .errorTwice(131_056), "answers 131056 (pair limit) twice, then accepts"),
        .init("000100", .error(100), "answers 100 (invalid parameter)"),
        .init("000190", .error(190), "answers 190 (invalid token, HTTP 401)"),
        .init("000200", .error(200), "answers 200 (permission, HTTP 403)"),
        .init("000368", .error(368), "answers 368 (blocked for policy, HTTP 403)"),
        .init("131005", .error(131_005), "answers 131005 (access denied, HTTP 403)"),
        .init("131021", .error(131_021), "answers 131021 (recipient is the sender)"),
        .init("131030", .error(131_030), "answers 131030 (not in the allowed list)"),
        .init("131031", .error(131_031), "answers 131031 (account locked, HTTP 403)"),
        .init("133010", .error(133_010), "answers 133010 (number not registered)"),
        .init("135000", .error(135_000), "answers 135000 (generic user error)"),
        .init("999999", .error(999_999), "answers a code that nobody knows"),
        .init("900001", .fault(.silence, accepts: true), "accepts, never answers"),
        .init("900002", .fault(.close, accepts: true), "accepts, closes the connection without a byte"),
        .init("900003", .fault(.close, accepts: false), "reads the request, closes without a byte, does not accept"),
        .init("900004", .fault(.html, accepts: true), "accepts, answers 502 with HTML"),
        .init("900005", .fault(.html, accepts: false), "answers 502 with HTML, does not accept"),
        .init("900006", .fault(.garbage, accepts: true), "accepts, answers 200 with cut JSON"),
        .init("900007", .fault(.truncated, accepts: true), "accepts, closes in the middle of the answer"),
        .init("900011", .neverDelivered, "accepted and sent, never delivered"),
        .init("900012", .readWithoutDelivered, "read without delivered"),
        .init("900013", .failedAfterDelivered, "delivered, and failed as well"),
        .init("900014", .reordered, "statuses in the wrong order"),
        .init("900015", .duplicated, "every status twice"),
        .init("900016", .webhookFirst, "the sent webhook comes before the answer"),
        .init("900020", .neverReads, "delivered, never read"),
        .init("900021", .replies("Yes please"), "reads and replies Yes please"),
        .init("900022", .replies("STOP"), "reads and replies STOP"),
        .init("900023", .replies(""), "reads and presses the first quick-reply button"),
    ]
}
