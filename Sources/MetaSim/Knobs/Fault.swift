/// Something that goes wrong with a send, and how often.
public struct Fault: Codable, Sendable, Equatable {
    /// What the caller sees.
    public enum Symptom: String, Codable, Sendable, CaseIterable {
        /// No answer, the connection stays open.
        case silence
        /// The request is read whole, then the connection is closed without a byte.
        case close
        /// As `close`; on HTTP/2 only the stream is reset and the connection lives on.
        case reset
        /// A 502 with a page of HTML, not Meta's error envelope.
        case html
        /// A 200 whose body is cut in the middle of the JSON.
        case garbage
        /// The head and half of the announced body, then the connection is closed.
        case truncated
        /// Meta's error envelope with `code`. Never accepted.
        case error
        /// Accepted and answered; a `failed` status with `code` follows.
        case failed
    }

    public var symptom: Symptom
    /// Whether the message is accepted all the same: the caller cannot know. Not used by `error` and `failed`.
    public var accepts: Bool
    /// The error code for `error` and `failed`.
    public var code: Int
    /// The share of sends it applies to.
    public var share: Double
    /// How many times; it is removed after the last one. 0: always.
    public var times: Int
    /// Only recipients that end in this; empty: all.
    public var suffix: String

    public init(
        _ symptom: Symptom,
        accepts: Bool = true,
        code: Int = 131_000,
        share: Double = 1,
        times: Int = 0,
        suffix: String = ""
    ) {
        self.symptom = symptom
        self.accepts = accepts
        self.code = code
        self.share = share
        self.times = times
        self.suffix = suffix
    }

    /// Over HTTP only `symptom` must be given.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(Symptom.self, forKey: .symptom),
            accepts: try container.decodeIfPresent(Bool.self, forKey: .accepts) ?? true,
            code: try container.decodeIfPresent(Int.self, forKey: .code) ?? 131_000,
            share: try container.decodeIfPresent(Double.self, forKey: .share) ?? 1,
            times: try container.decodeIfPresent(Int.self, forKey: .times) ?? 0,
            suffix: try container.decodeIfPresent(String.self, forKey: .suffix) ?? ""
        )
    }

    var isAccepted: Bool {
        switch symptom {
        case .error: false
        case .failed: true
        default: accepts
        }
    }
}
