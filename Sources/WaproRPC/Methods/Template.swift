public import WaproCore

/// A message template, as Meta has it.
public struct TemplateInfo: Wire {
    public let id: TemplateID
    public let account: String
    public let name: String
    public let language: String
    public let category: String
    public let status: String
    public let quality: String?
    public let parameterFormat: String
    public let body: String
    public let slots: [TemplateSlot]
    public let components: JSONValue?

    public init(
        id: TemplateID,
        account: String,
        name: String,
        language: String,
        category: String,
        status: String,
        quality: String? = nil,
        parameterFormat: String,
        body: String,
        slots: [TemplateSlot],
        components: JSONValue? = nil
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.language = language
        self.category = category
        self.status = status
        self.quality = quality
        self.parameterFormat = parameterFormat
        self.body = body
        self.slots = slots
        self.components = components
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "Identifier of the template."),
        Field("account", \.account, "Name of its WhatsApp Business Account."),
        Field("name", \.name, "Name at Meta."),
        Field("language", \.language, "Language code at Meta."),
        Field("category", \.category, "Meta's category."),
        Field("status", \.status, "Meta's word for its state; APPROVED can be sent."),
        Field("quality", \.quality, "Meta's quality rating."),
        Field("parameter_format", \.parameterFormat, "positional or named."),
        Field("body", \.body, "Text of the body."),
        Field("slots", \.slots, "The parameters."),
        Field("components", \.components, "The components as Meta describes them; only in template.show.")
    )
}

/// A parameter of a template.
public struct TemplateSlot: Wire {
    public let key: String
    public let required: Bool
    public let kind: String
    public let example: String?

    public init(key: String, required: Bool, kind: String, example: String? = nil) {
        self.key = key
        self.required = required
        self.kind = kind
        self.example = example
    }

    public static let shape = Shape(
        Self.init,
        Field("key", \.key, "Name to give its value under."),
        Field("required", \.required, "Whether nothing can be sent without it."),
        Field("kind", \.kind, "What goes there: text, image and so on."),
        Field("example", \.example, "The example that Meta was given.")
    )
}

/// What a synchronisation did for one account.
public struct TemplateSyncResult: Wire {
    public let account: String
    public let total: Int
    public let added: Int
    public let changed: Int
    public let removed: Int

    public init(account: String, total: Int, added: Int, changed: Int, removed: Int) {
        self.account = account
        self.total = total
        self.added = added
        self.changed = changed
        self.removed = removed
    }

    public static let shape = Shape(
        Self.init,
        Field("account", \.account, "Name of the WhatsApp Business Account."),
        Field("total", \.total, "Templates that it has."),
        Field("added", \.added, "Those that are new."),
        Field("changed", \.changed, "Those that changed."),
        Field("removed", \.removed, "Those that are gone.")
    )
}

/// Fetch the templates from Meta.
public struct TemplateSync: ChangingMethod {
    public let account: String?
    public var idempotencyKey: String?

    public init(account: String? = nil, idempotencyKey: String? = nil) {
        self.account = account
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("account", \.account, "Name of a WhatsApp Business Account; all if absent."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "template.sync"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound, .metaRefused, .metaUnreachable]
    public static let doc = Doc("Fetch the templates from Meta.")
    public static let example = TemplateSync()

    /// What was found.
    public struct Reply: Wire {
        public let accounts: [TemplateSyncResult]
        public let skipped: [String]?

        public init(accounts: [TemplateSyncResult], skipped: [String]? = nil) {
            self.accounts = accounts
            self.skipped = skipped
        }

        public static let shape = Shape(
            Self.init,
            Field("accounts", \.accounts, "By account."),
            Field(
                "skipped",
                \.skipped,
                "Accounts for which there is no access token, so that Meta was not asked; absent if there are none."
            )
        )
    }
}

/// List templates.
public struct TemplateList: PagedMethod {
    public let account: String?
    public let status: String?
    public let name: String?
    public let after: String?
    public let limit: Int?

    public init(account: String? = nil, status: String? = nil, name: String? = nil, after: String? = nil, limit: Int? = nil) {
        self.account = account
        self.status = status
        self.name = name
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("account", \.account, "Only those of this WhatsApp Business Account."),
        Field("status", \.status, "Only those in this state at Meta."),
        Field("name", \.name, "Only those of this name."),
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "template.list"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("List templates.")
    public static let example = TemplateList(status: "APPROVED")

    public typealias Reply = Page<TemplateInfo>
    public typealias Place = TemplateID
}

/// Show a template.
public struct TemplateShow: Method {
    public let template: String
    public let language: String?
    public let account: String?

    public init(template: String, language: String? = nil, account: String? = nil) {
        self.template = template
        self.language = language
        self.account = account
    }

    public static let shape = Shape(
        Self.init,
        Field("template", \.template, "Its identifier or name."),
        Field("language", \.language, "Which one, when it has several languages."),
        Field("account", \.account, "Which one, when several accounts have it.")
    )

    public static let name = "template.show"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound, .ambiguous]
    public static let doc = Doc("Show a template.")
    public static let example = TemplateShow(template: "order_update", language: "en")

    public typealias Reply = TemplateInfo
}
