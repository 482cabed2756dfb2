/// A refusal or failure, as it crosses the wire: a stable slug and number for programs, words for people.
public struct Fault: Error, Sendable, Hashable {
    public var kind: Kind
    /// What was wrong and where. Never holds a secret, a phone number, a text of a message.
    public var words: String
    /// The parameter at fault, `parameters.name` when it is inside another.
    public var field: String?
    /// What to do next.
    public var hint: String?
    /// The same call may succeed later.
    public var retryable: Bool
    /// How long to wait before that, in milliseconds.
    public var retryAfterMilliseconds: Int64?

    public init(
        _ kind: Kind,
        _ words: String,
        field: String? = nil,
        hint: String? = nil,
        retryable: Bool? = nil,
        retryAfterMilliseconds: Int64? = nil
    ) {
        self.kind = kind
        self.words = words
        self.field = field
        self.hint = hint
        self.retryable = retryable ?? kind.isRetryable
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }

    /// The stable part of a fault.
    public struct Kind: Sendable, Hashable {
        /// What programs match on; never reused.
        public let slug: String
        /// The `code` of JSON-RPC; never reused.
        public let number: Int
        /// What it means, a sentence.
        public let doc: String
        /// Whether trying again later is right, unless the fault itself says otherwise.
        public let isRetryable: Bool
        /// Every method may answer it, without declaring it.
        public let isGeneral: Bool

        public init(_ slug: String, _ number: Int, _ doc: String, isRetryable: Bool = false, isGeneral: Bool = false) {
            self.slug = slug
            self.number = number
            self.doc = doc
            self.isRetryable = isRetryable
            self.isGeneral = isGeneral
        }

        public static func == (left: Kind, right: Kind) -> Bool { left.slug == right.slug }
        public func hash(into hasher: inout Hasher) { hasher.combine(slug) }
    }
}

extension Fault {
    /// The `error` member of a response.
    public var json: JSONValue {
        var data: JSONObject = ["type": .string(kind.slug), "retryable": .bool(retryable)]
        data["retry_after_ms"] = retryAfterMilliseconds.map(JSONValue.integer)
        data["field"] = field.map(JSONValue.string)
        data["hint"] = hint.map(JSONValue.string)
        return ["code": .integer(Int64(kind.number)), "message": .string(words), "data": .object(data)]
    }

    /// Reads the `error` member of a response, of a newer daemon too; nil when it is none.
    public init?(json: JSONValue) {
        guard case .integer(let code) = json["code"], let words = json["message"]?.text else { return nil }
        let data = json["data"]
        let slug = data?["type"]?.text
        let kind = Kind.all.first { slug == nil ? $0.number == code : $0.slug == slug }
        let retryable = data?["retryable"].map { $0 == true }
        var wait: Int64?
        if case .integer(let milliseconds) = data?["retry_after_ms"] { wait = milliseconds }
        self.init(
            kind ?? Kind(slug ?? "unknown", Int(code), "A fault that this version does not know.", isRetryable: retryable ?? false),
            words,
            field: data?["field"]?.text,
            hint: data?["hint"]?.text,
            retryable: retryable,
            retryAfterMilliseconds: wait
        )
    }
}
