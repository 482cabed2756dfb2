public import WaproStore

/// What a start does about the one before it.
public enum Recovery {
    /// The fate of every intent of an earlier start is unknown: the process may have ended before, while or after the request left.
    /// They become *in doubt*; a status from Meta, or a person, settles them. Returns how many there were.
    public static func run(_ store: Store) async throws -> Int {
        var doubted = 0
        while true {
            let count = try await store.write(.control) { [boot = store.boot] in try $0.doubtDeadIntents(before: boot, limit: 500) }
            doubted += count
            if count < 500 { return doubted }
        }
    }
}
