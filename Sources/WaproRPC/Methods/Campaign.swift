public import WaproCore

/// A message to many.
public struct CampaignInfo: Wire {
    public let id: CampaignID
    public let name: String
    public let number: String
    public let template: String
    public let language: String
    public let audience: String
    public let state: Open<CampaignState>
    public let heldBecause: String?
    public let parameters: [String: String]?
    public let createdAt: Timestamp
    public let startAt: Timestamp?
    public let startedAt: Timestamp?
    public let finishedAt: Timestamp?
    public let expiresAt: Timestamp?
    public let total: Int64
    public let rate: Int?
    public let dailyCap: Int?
    public let missed: Open<MissedSchedule>?

    public init(
        id: CampaignID,
        name: String,
        number: String,
        template: String,
        language: String,
        audience: String,
        state: Open<CampaignState>,
        heldBecause: String? = nil,
        parameters: [String: String]? = nil,
        createdAt: Timestamp,
        startAt: Timestamp? = nil,
        startedAt: Timestamp? = nil,
        finishedAt: Timestamp? = nil,
        expiresAt: Timestamp? = nil,
        total: Int64,
        rate: Int? = nil,
        dailyCap: Int? = nil,
        missed: Open<MissedSchedule>? = nil
    ) {
        self.id = id
        self.name = name
        self.number = number
        self.template = template
        self.language = language
        self.audience = audience
        self.state = state
        self.heldBecause = heldBecause
        self.parameters = parameters
        self.createdAt = createdAt
        self.startAt = startAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.expiresAt = expiresAt
        self.total = total
        self.rate = rate
        self.dailyCap = dailyCap
        self.missed = missed
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "Identifier of the campaign."),
        Field("name", \.name, "Its name, of which there is one."),
        Field("number", \.number, "Name of the number that sends."),
        Field("template", \.template, "Name of the template."),
        Field("language", \.language, "Language of the template."),
        Field("audience", \.audience, "Who gets it, in words."),
        Field("state", \.state, "Where it stands."),
        Field("held_because", \.heldBecause, "Why wapro stopped it."),
        Field("parameters", \.parameters, "Values for the template; only in campaign.show."),
        Field("created_at", \.createdAt, "When it was created."),
        Field("start_at", \.startAt, "When it starts by itself."),
        Field("started_at", \.startedAt, "When it started."),
        Field("finished_at", \.finishedAt, "When nothing was left to send."),
        Field("expires_at", \.expiresAt, "When what is not sent is given up."),
        Field("total", \.total, "Recipients frozen so far."),
        Field("rate", \.rate, "Its own limit in messages a second."),
        Field("daily_cap", \.dailyCap, "Its own limit in messages in any 24 hours."),
        Field("missed", \.missed, "What happens when its start time passes while it cannot start.")
    )
}

/// Create a campaign; nothing is sent yet.
public struct CampaignCreate: ChangingMethod {
    public let name: String
    public let number: String
    public let template: String
    public let language: String?
    public let list: String?
    public let everyone: Bool?
    public let parameters: [String: String]?
    public let startAt: Timestamp?
    public let rate: Int?
    public let dailyCap: Int?
    public let missed: MissedSchedule?
    public let expiresAt: Timestamp?
    public var idempotencyKey: String?

    public init(
        name: String,
        number: String,
        template: String,
        language: String? = nil,
        list: String? = nil,
        everyone: Bool? = nil,
        parameters: [String: String]? = nil,
        startAt: Timestamp? = nil,
        rate: Int? = nil,
        dailyCap: Int? = nil,
        missed: MissedSchedule? = nil,
        expiresAt: Timestamp? = nil,
        idempotencyKey: String? = nil
    ) {
        self.name = name
        self.number = number
        self.template = template
        self.language = language
        self.list = list
        self.everyone = everyone
        self.parameters = parameters
        self.startAt = startAt
        self.rate = rate
        self.dailyCap = dailyCap
        self.missed = missed
        self.expiresAt = expiresAt
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("name", \.name, "A name that no other campaign has; no telephone number in it: viewers see it.", length: 1...100),
        Field("number", \.number, "Identifier, name or phone_number_id of the number that sends."),
        Field("template", \.template, "Identifier or name of the template."),
        Field("language", \.language, "Language of the template, when it has several."),
        Field("list", \.list, "List of contacts to write to."),
        Field("everyone", \.everyone, "Write to every contact, instead of a list."),
        Field(
            "parameters",
            \.parameters,
            "Values for the template: a text, in which {{attribute}} stands for what is known of the contact, {{attribute|there}} with there for whom it is not."
        ),
        Field("start_at", \.startAt, "When it starts by itself."),
        Field("rate", \.rate, "Messages a second at most.", in: 1...1000),
        Field("daily_cap", \.dailyCap, "Messages in any 24 hours at most.", in: 1...100_000_000),
        Field("missed", \.missed, "What to do when the start time passes while it cannot start: ask (hold it) if absent."),
        Field("expires_at", \.expiresAt, "When what is not sent is given up; the setting sending.validity if absent."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    /// Who gets it.
    public enum Audience: Sendable {
        case list(String)
        case everyone
    }

    public func audience() throws(Fault) -> Audience {
        switch (list, everyone ?? false) {
        case (let name?, false): return .list(name)
        case (nil, true): return .everyone
        default: throw Fault(.invalidParameters, "Give either list or everyone, so that it is clear who gets the message.", field: "list")
        }
    }

    public func validate() throws(Fault) {
        _ = try audience()
        try Fault.unlessTelling(name, field: "name")
        if let startAt, let expiresAt, expiresAt <= startAt {
            throw Fault(.invalidParameters, "expires_at must be later than the start.", field: "expires_at")
        }
    }

    public static let name = "campaign.create"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [
        .conflict, .notFound, .ambiguous, .repeatedCampaign, .templateNotSendable, .parametersMismatch,
    ]
    public static let doc = Doc(
        "Create a campaign; nothing is sent yet.",
        details: """
            Give either list or everyone. With start_at it is refused as campaign.start is when the same template and parameters went to the same \
            audience in the last seven days, or are scheduled to.
            """
    )
    public static let example = CampaignCreate(
        name: "spring",
        number: "main",
        template: "spring_sale",
        language: "en",
        list: "customers",
        parameters: ["name": "{{name|there}}"]
    )

    public typealias Reply = CampaignInfo
}

/// List campaigns, newest first.
public struct CampaignList: PagedMethod {
    public let state: CampaignState?
    public let after: String?
    public let limit: Int?

    public init(state: CampaignState? = nil, after: String? = nil, limit: Int? = nil) {
        self.state = state
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("state", \.state, "Only those that stand so."),
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "campaign.list"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc("List campaigns, newest first.")
    public static let example = CampaignList()

    public typealias Reply = Page<CampaignInfo>
    public typealias Place = CampaignID
}

/// Show a campaign.
public struct CampaignShow: Method {
    public let campaign: String

    public init(campaign: String) {
        self.campaign = campaign
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name.")
    )

    public static let name = "campaign.show"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("Show a campaign.")
    public static let example = CampaignShow(campaign: "spring")

    public typealias Reply = CampaignInfo
}

/// Start a campaign.
public struct CampaignStart: ChangingMethod {
    public let campaign: String
    public let at: Timestamp?
    public let again: Bool?
    public var idempotencyKey: String?

    public init(campaign: String, at: Timestamp? = nil, again: Bool? = nil, idempotencyKey: String? = nil) {
        self.campaign = campaign
        self.at = at
        self.again = again
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field("at", \.at, "When; now if absent."),
        Field("again", \.again, "Send even though the same went to the same people in the last seven days, or is scheduled to."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "campaign.start"
    public static let role = Role.operator
    public static let effect = Effect.sends
    public static let faults: [Fault.Kind] = [
        .notFound, .campaignState, .repeatedCampaign, .emptyAudience, .templateNotSendable, .parametersMismatch,
    ]
    public static let doc = Doc("Start a campaign.")
    public static let example = CampaignStart(campaign: "spring")

    public typealias Reply = CampaignInfo
}

/// Stop handing over the messages of a campaign.
public struct CampaignPause: ChangingMethod {
    public let campaign: String
    public var idempotencyKey: String?

    public init(campaign: String, idempotencyKey: String? = nil) {
        self.campaign = campaign
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "campaign.pause"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound, .campaignState]
    public static let doc = Doc("Stop handing over the messages of a campaign.")
    public static let example = CampaignPause(campaign: "spring")

    public typealias Reply = CampaignInfo
}

/// Go on with a campaign that was paused or held, or whose number Meta stopped.
public struct CampaignResume: ChangingMethod {
    public let campaign: String
    public var idempotencyKey: String?

    public init(campaign: String, idempotencyKey: String? = nil) {
        self.campaign = campaign
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "campaign.resume"
    public static let role = Role.operator
    public static let effect = Effect.sends
    public static let faults: [Fault.Kind] = [.notFound, .campaignState]
    public static let doc = Doc(
        "Go on with a campaign that was paused or held, or whose number Meta stopped.",
        details: """
            Numbers of its account that Meta stopped are tried again, also for everything else that leaves from them; Meta's first refusal stops \
            them again if the cause is still there. An order of system.hold stays: system.release ends it. Messages in doubt stay in doubt; \
            campaign.resolve decides about them.
            """
    )
    public static let example = CampaignResume(campaign: "spring")

    public typealias Reply = CampaignInfo
}

/// End a campaign for good; what has left stays sent.
public struct CampaignCancel: ChangingMethod {
    public let campaign: String
    public var idempotencyKey: String?

    public init(campaign: String, idempotencyKey: String? = nil) {
        self.campaign = campaign
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("campaign", \.campaign, "Its identifier or name."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "campaign.cancel"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound, .campaignState]
    public static let doc = Doc(
        "End a campaign for good; what has left stays sent.",
        details: """
            What is on the wire is finished and counted. Messages in doubt stay in doubt: a status of Meta's or campaign.resolve settles them, but \
            none of them is sent again. What Meta stopped, a number or an account, stays stopped for others.
            """
    )
    public static let example = CampaignCancel(campaign: "spring")

    public typealias Reply = CampaignInfo
}
