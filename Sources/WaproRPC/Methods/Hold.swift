public import WaproCore

/// What leaves once a hold is gone.
public struct WillSend: Wire {
    public let campaign: String
    public let waiting: Int64
    public let complete: Bool

    public init(campaign: String, waiting: Int64, complete: Bool) {
        self.campaign = campaign
        self.waiting = waiting
        self.complete = complete
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Name of the campaign."),
        Field("waiting", \.waiting, "Its messages that are still to be sent, as far as its audience is known."),
        Field("complete", \.complete, "Whether its audience is complete; if not, more leave than are counted.")
    )
}

/// An order that nothing leaves.
public struct HoldInfo: Wire {
    public let scope: String
    public let because: String
    public let reason: String?
    public let since: Timestamp

    public init(scope: String, because: String, reason: String? = nil, since: Timestamp) {
        self.scope = scope
        self.because = because
        self.reason = reason
        self.since = since
    }

    public static let shape = Shape(
        Self.init,
        Field("scope", \.scope, "What is held, in words."),
        Field("because", \.because, "Why, in words."),
        Field("reason", \.reason, "What the person said who ordered it."),
        Field("since", \.since, "Since when.")
    )
}

/// A number that Meta stopped.
public struct HaltInfo: Wire {
    public let number: String
    public let because: String

    public init(number: String, because: String) {
        self.number = number
        self.because = because
    }

    public static let shape = Shape(
        Self.init,
        Field("number", \.number, "Name of the number."),
        Field("because", \.because, "Why, in words.")
    )
}

/// Stop everything that leaves, at once.
public struct SystemHold: ChangingMethod {
    public let number: String?
    public let account: String?
    public let reason: String?
    public var idempotencyKey: String?

    public init(number: String? = nil, account: String? = nil, reason: String? = nil, idempotencyKey: String? = nil) {
        self.number = number
        self.account = account
        self.reason = reason
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("number", \.number, "Only what leaves from this number: identifier, name or phone_number_id."),
        Field("account", \.account, "Only what leaves from this WhatsApp Business Account: identifier or name."),
        Field("reason", \.reason, "Why, for whoever looks later.", length: 1...200),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) { try refuseBoth(number, account) }

    public static let name = "system.hold"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound, .conflict]
    public static let doc = Doc(
        "Stop everything that leaves, at once.",
        details: """
            Campaigns, replies and single messages: from the answer on nothing is handed to the network. What is on the wire is finished. It \
            survives a restart. Webhooks are received and applied as ever. system.release ends it.
            """
    )
    public static let example = SystemHold(reason: "wrong price in the template")

    /// What is held now.
    public struct Reply: Wire {
        public let holds: [HoldInfo]

        public init(holds: [HoldInfo]) {
            self.holds = holds
        }

        public static let shape = Shape(Self.init, Field("holds", \.holds, "All that is held now."))
    }
}

/// Let what is held leave again.
public struct SystemRelease: ChangingMethod {
    public let number: String?
    public let account: String?
    public let dryRun: Bool?
    public var idempotencyKey: String?

    public init(number: String? = nil, account: String? = nil, dryRun: Bool? = nil, idempotencyKey: String? = nil) {
        self.number = number
        self.account = account
        self.dryRun = dryRun
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("number", \.number, "The number that was held by itself, or that Meta stopped."),
        Field("account", \.account, "The WhatsApp Business Account that was held by itself, or that Meta stopped."),
        Field("dry_run", \.dryRun, "Only say what it would send."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public func validate() throws(Fault) { try refuseBoth(number, account) }

    public static let name = "system.release"
    public static let role = Role.operator
    public static let effect = Effect.sends
    public static let faults: [Fault.Kind] = [.notFound, .conflict]
    public static let doc = Doc(
        "Let what is held leave again.",
        details: """
            It says what it sends. A hold of everything is released without number and account. Numbers that Meta stopped are tried again too: \
            the one that is given, those of the account, or all; Meta's first refusal stops them again if the cause is still there.
            """
    )
    public static let example = SystemRelease(dryRun: true)

    /// What leaves now.
    public struct Reply: Wire {
        public let released: Bool
        public let campaigns: [WillSend]
        public let direct: Int64
        public let halts: [HaltInfo]
        public let holds: [HoldInfo]

        public init(released: Bool, campaigns: [WillSend], direct: Int64, halts: [HaltInfo], holds: [HoldInfo]) {
            self.released = released
            self.campaigns = campaigns
            self.direct = direct
            self.halts = halts
            self.holds = holds
        }

        public static let shape = Shape(
            Self.init,
            Field("released", \.released, "Whether it was released; not in a dry run."),
            Field("campaigns", \.campaigns, "Campaigns that go on."),
            Field("direct", \.direct, "Messages outside of campaigns that leave."),
            Field("halts", \.halts, "Numbers that Meta had stopped, and that are tried again."),
            Field("holds", \.holds, "What is held still.")
        )
    }
}

private func refuseBoth(_ number: String?, _ account: String?) throws(Fault) {
    guard number == nil || account == nil else {
        throw Fault(.invalidParameters, "Give number or account, not both.", field: "account")
    }
}
