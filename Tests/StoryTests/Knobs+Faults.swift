import MetaSim

extension Knobs {
    /// One send in five is accepted and never answered; one in five is refused.
    mutating func breakSome() {
        faults = [Fault(.close, accepts: true, share: 0.2), Fault(.error, code: 131026, share: 0.2)]
    }

    /// Answers to every fifth person are unreadable in this way: half of those people get the message all the same (their numbers end in
    /// 1), half do not (2).
    mutating func breakAnswers(_ symptom: BrokenAnswer) {
        faults = [Fault(symptom, accepts: true, suffix: "1"), Fault(symptom, accepts: false, suffix: "2")]
    }

    /// Sends to people whose numbers end in `suffix` are answered with an error of Meta's, so many times.
    mutating func refuse(_ code: Int, times: Int = 0, suffix: String = "") {
        faults.append(Fault(.error, code: code, times: times, suffix: suffix))
    }

    /// Answers about people whose numbers end in `suffix` are lost, so many times.
    mutating func loseAnswers(accepts: Bool, times: Int = 0, suffix: String = "") {
        faults.append(Fault(.close, accepts: accepts, times: times, suffix: suffix))
    }
}

/// Under a name of its own: to callers of the daemon a fault is something else.
typealias BrokenAnswer = Fault.Symptom
