public import WaproCore

/// The `meta` member of a request: how to answer it, beside what it asks.
public struct Meta: Sendable, Hashable {
    /// How long the caller waits. Nil: as long as it takes.
    public var timeout: Duration?
    /// Whether the caller wants `progress` notifications.
    public var wantsProgress = false
    /// The token of the session in which it is made. Nil: the caller calls for itself.
    public var token: Secret?

    public init(timeout: Duration? = nil, wantsProgress: Bool = false, token: Secret? = nil) {
        (self.timeout, self.wantsProgress, self.token) = (timeout, wantsProgress, token)
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
            case ("timeout_ms", let value):
                guard let wait = value.wholeNumber, Self.timeouts.contains(Int(wait)) else {
                    throw Mismatch("must be \(WireType.integer(Self.timeouts).words)", path: [member.key])
                }
                timeout = .milliseconds(wait)
            case ("progress", .bool(let value)): wantsProgress = value
            case ("progress", _): throw Mismatch("must be true or false", path: [member.key])
            case ("token", let value):
                do throws(Mismatch) { token = try Secret.decode(value, .strict) } catch { throw error.inside(member.key) }
            default: throw Mismatch("is not known", path: [member.key], hint: "It takes timeout_ms, progress and token.")
            }
        }
    }

    /// Nil when there is nothing to say.
    public var json: JSONValue? {
        var object = JSONObject()
        object["timeout_ms"] = timeout.map { .integer(max(1, Int64(($0 / .milliseconds(1)).rounded(.up)))) }
        if wantsProgress { object["progress"] = true }
        object["token"] = token?.encoded
        return object.isEmpty ? nil : .object(object)
    }
}
