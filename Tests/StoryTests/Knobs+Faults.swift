import MetaSim

extension Knobs {
    /// One send in five is accepted and never answered; one in five is refused.
    mutating func breakSome() {
        faults = [Fault(.close, accepts: true, share: 0.2), Fault(.error, code: 131026, share: 0.2)]
    }
}
