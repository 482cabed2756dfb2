import WaproCloud
import WaproCore

/// What Meta, and the way to it, does with a message.
enum Fate: CustomStringConvertible {
    case accepted
    /// Taken or not, the answer does not come: a time-out, a 5xx without Meta's words, a success without an id.
    case silent(isTaken: Bool)
    case notReached
    case refused(Int)

    var isTaken: Bool {
        switch self {
        case .accepted, .silent(isTaken: true): true
        default: false
        }
    }

    var description: String {
        switch self {
        case .accepted: "accepted"
        case .silent(let isTaken): isTaken ? "taken, answer lost" : "lost"
        case .notReached: "not reached"
        case .refused(let code): "refused \(code)"
        }
    }

    func answer(wamid: String?, to post: Post, _ random: inout Seeded) -> HTTPResult {
        switch self {
        case .accepted:
            let contact = #"{"input":"+\#(post.phone)","wa_id":"\#(post.phone)"}"#
            return Self.response(200, #"{"messaging_product":"whatsapp","contacts":[\#(contact)],"messages":[{"id":"\#(wamid ?? "")"}]}"#)
        case .silent:
            return random.weigh([
                2: .unknown(HTTPFailure(.timedOut)), 1: Self.response(502, "<html>Bad Gateway</html>"), 1: Self.response(200, "{}"),
                1: .unknown(HTTPFailure(.connectionLost)),
            ])
        case .notReached: return .notSent(HTTPFailure(.connectionRefused))
        case .refused(let code):
            return Self.response(
                code == 131000 ? 500 : 400,
                #"{"error":{"message":"(#\#(code)) no","type":"OAuthException","code":\#(code)}}"#
            )
        }
    }

    private static func response(_ status: Int, _ body: String) -> HTTPResult {
        .response(HTTPResponse(status: status, body: Array(body.utf8)))
    }
}

extension Meta {
    func fate(of post: Post, faults: Bool, at now: Timestamp, _ random: inout Seeded) -> Fate {
        // Of Meta's own rules only the one that asks for knowledge of the person.
        guard post.isTemplate || isWindowOpen(post.phone, post.phoneNumberID, at: now) else { return .refused(131047) }
        guard faults else { return .accepted }
        let fate: Fate = random.weigh([
            60: .accepted, 7: .silent(isTaken: true), 5: .silent(isTaken: false), 5: .notReached, 4: .refused(131056),
            3: .refused(130429), 3: .refused(131000), 3: .refused(131026), 3: .refused(131050), 3: .refused(131049), 1: .refused(190),
            1: .refused(368), 2: .refused(132015),
        ])
        // What only marketing meets with.
        if case .refused(131050) = fate, !post.isMarketing { return .refused(131026) }
        if case .refused(131049) = fate, !post.isMarketing { return .refused(131000) }
        return fate
    }
}
