import WaproCloud
import WaproCore
import WaproStore

/// What an attempt came to, as it is written down.
enum Ending: Sendable, Hashable {
    case accepted(wamid: String, waID: Int64?)
    /// It certainly was not accepted; it is claimed again from this time on. `isPair`: so is everything else of this number to this person.
    case again(at: Timestamp, because: Reason, code: Int?, isPair: Bool = false, detail: String? = nil)
    /// It was not handed over, and may be claimed again at once.
    case takenBack(because: Reason)
    case failed(because: Reason, code: Int?, isOptOut: Bool, detail: String? = nil)
    /// It may have been accepted: only evidence or a person decides.
    case inDoubt(why: String)
    /// It was refused for a cause that hits others too: the cause's scope stops and the message waits.
    ///
    /// A cause of the credentials says which ones: once others have taken their place, the message goes with those and nothing stops.
    case halted(HaltScope, code: Int, because: Reason = .metaHalted, generation: Int64? = nil)
}

extension Ending {
    /// Meta's own cap on marketing to one person (131049): those deferred together come back over these hours.
    private static let deferralSpread = Duration.seconds(6 * 3600)

    /// Turns what became of a claim into what is written down.
    ///
    /// - Parameter entropy: evenly spread over 0..<1, for the backoff's jitter.
    init(_ handover: Handover, of claim: Claim, at now: Timestamp, backoff: Backoff, entropy: Double) {
        switch handover {
        case .answered(let outcome): self.init(outcome, of: claim, at: now, backoff: backoff, entropy: entropy)
        case .unauthorised(let scope, let refusal, let generation):
            self = .halted(scope, code: refusal.code ?? Refusal.notMeta, generation: generation)
        case .unfilled(let why): self = .failed(because: .parameterMissing, code: nil, isOptOut: false, detail: why)
        // The next claim reads why, and acts on it.
        case .stopped: self = .takenBack(because: .campaignStopped)
        case .tokenless(let generation):
            self = .halted(.number, code: Refusal.noToken, because: .tokenMissing, generation: generation)
        case .unrouted: self = .halted(.number, code: Refusal.notInUse, because: .numberNotInUse)
        }
    }

    private init(_ outcome: Outcome, of claim: Claim, at now: Timestamp, backoff: Backoff, entropy: Double) {
        switch outcome {
        case .accepted(let acceptance):
            self = .accepted(wamid: acceptance.wamid, waID: acceptance.waID.flatMap { Int64($0) })
        case .later(let after, let refusal):
            // Of the same refusal in a row. What could not be reached has no number of tries, only a longer wait each time.
            let tries = refusal.code == nil ? claim.attempt.ordinal : (refusal.code == claim.triedCode ? claim.tries : 0) + 1
            guard refusal.code == nil || tries < refusal.tries ?? .max else {
                self = .failed(because: .metaRefused, code: refusal.code, isOptOut: false)
                return
            }
            let wait =
                after.map {
                    backoff.delay(atLeast: $0, afterTries: tries, entropy: entropy, spread: refusal.deferDay ? Self.deferralSpread : nil)
                } ?? backoff.delay(afterTries: tries, entropy: entropy)
            let due = now.advanced(by: wait)
            // Nobody waits for what cannot come in time.
            guard claim.notAfter.map({ due < $0 }) ?? true else {
                self = .failed(because: .retryTooLate, code: refusal.code, isOptOut: false)
                return
            }
            let because: Reason = refusal.code == nil ? .certainlyNotSent : refusal.deferDay ? .metaHeldBack : .metaAskedToWait
            // A code of Meta's says it all.
            let detail = refusal.code == nil ? refusal.words : nil
            self = .again(at: due, because: because, code: refusal.code, isPair: refusal.pairLimited, detail: detail)
        case .never(let refusal):
            self = .failed(because: .metaRefused, code: refusal.code, isOptOut: refusal.optOut)
        case .halt(.campaign, let refusal) where claim.campaign == nil:
            // A message of its own is all that there is to stop.
            self = .failed(because: .metaRefused, code: refusal.code, isOptOut: refusal.optOut)
        case .halt(let scope, let refusal):
            self = .halted(scope, code: refusal.code ?? Refusal.notMeta, because: refusal.code == nil ? .notMeta : .metaHalted)
        case .unknown(let uncertainty):
            self = .inDoubt(why: uncertainty.words)
        }
    }
}
