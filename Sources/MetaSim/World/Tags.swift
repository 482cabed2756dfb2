import Synchronization

/// Short names for ids and template names, given out once and never changed: a ledger record has two bytes for each.
final class Tags: Sendable {
    private struct State {
        var names: [String] = [""]
        var tags: [String: UInt16] = ["": 0]
    }

    private let state = Mutex(State())

    /// The tag of a name; 0 (the empty name) once 65,535 are in use.
    func tag(_ name: String) -> UInt16 {
        state.withLock { state in
            if let tag = state.tags[name] { return tag }
            guard let tag = UInt16(exactly: state.names.count) else { return 0 }
            state.names.append(name)
            state.tags[name] = tag
            return tag
        }
    }

    func name(_ tag: UInt16) -> String {
        state.withLock { $0.names[Int(tag)] }
    }
}
