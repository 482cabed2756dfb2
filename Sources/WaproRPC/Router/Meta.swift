/// The `meta` member of a request: how to answer it, beside what it asks.
public struct Meta: Sendable, Hashable {
    /// How long the caller waits. Nil: as long as it takes.
    public var timeout: Duration?
    /// Whether the caller wants `progress` notifications.
    public var wantsProgress = false

    public init(timeout: Duration? = nil, wantsProgress: Bool = false) {
        (self.timeout, self.wantsProgress) = (timeout, wantsProgress)
    }
}

extension Meta {
    private static let timeouts = 1...86_400_000

    /// Reads it, or says which member is wrong.
    init(json: JSONValue) throws(Mismatch) {
        guard case .object(let object) = json else { throw Mismatch("must be an object") }
        self.init()
        for member in object.members {
            switch (member.key, member.value) {
            case ("timeout_ms", .integer(let value)) where Self.timeouts.contains(Int(value)): timeout = .milliseconds(value)
            case ("timeout_ms", _): throw Mismatch("must be \(WireType.integer(Self.timeouts).words)", path: [member.key])
            case ("progress", .bool(let value)): wantsProgress = value
            case ("progress", _): throw Mismatch("must be true or false", path: [member.key])
            default: throw Mismatch("is not known", path: [member.key], hint: "It takes timeout_ms and progress.")
            }
        }
    }

    /// Nil when there is nothing to say.
    public var json: JSONValue? {
        var object = JSONObject()
        object["timeout_ms"] = timeout.map { .integer(Int64($0 / .milliseconds(1))) }
        if wantsProgress { object["progress"] = true }
        return object.isEmpty ? nil : .object(object)
    }
}
