/// What becomes of one accepted message, and how far the app was told: what `message_history` shows. 17 bytes, because every message has one.
struct Fate: Sendable {
    /// How far the webhook of a status has come (whatsapp-cloud-api, "Phone number", `message_history`).
    enum Told: UInt8, Sendable {
        case pending, delivered, failed, retrying
    }

    /// Milliseconds after acceptance, or -1: in the order of ``StatusKind``.
    private var after: (Int32, Int32, Int32, Int32) = (-1, -1, -1, -1)
    /// Two bits for each kind.
    private var told: UInt8 = 0

    mutating func happens(_ kind: StatusKind, after milliseconds: Int64) {
        let value = Int32(clamping: milliseconds)
        switch kind {
        case .sent: after.0 = value
        case .delivered: after.1 = value
        case .read: after.2 = value
        case .failed: after.3 = value
        }
    }

    /// When it happens, in milliseconds after acceptance; nil when it never does.
    func after(_ kind: StatusKind) -> Int64? {
        let value =
            switch kind {
            case .sent: after.0
            case .delivered: after.1
            case .read: after.2
            case .failed: after.3
            }
        return value < 0 ? nil : Int64(value)
    }

    func told(_ kind: StatusKind) -> Told {
        Told(rawValue: told >> Self.shift(kind) & 3) ?? .pending
    }

    mutating func tell(_ kind: StatusKind, _ state: Told) {
        told = told & ~(3 << Self.shift(kind)) | state.rawValue << Self.shift(kind)
    }

    private static func shift(_ kind: StatusKind) -> UInt8 {
        switch kind {
        case .sent: 0
        case .delivered: 2
        case .read: 4
        case .failed: 6
        }
    }
}
