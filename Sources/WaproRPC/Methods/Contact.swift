public import WaproCore

/// A person who can be written to.
public struct ContactInfo: Wire {
    public let id: ContactID
    public let phone: String?
    public let waId: String?
    public let userId: String?
    public let name: String?
    public let profileName: String?
    public let attributes: [String: String]
    public let lists: [String]
    public let createdAt: Timestamp
    public let updatedAt: Timestamp
    public let lastInboundAt: Timestamp?

    public init(
        id: ContactID,
        phone: String? = nil,
        waId: String? = nil,
        userId: String? = nil,
        name: String? = nil,
        profileName: String? = nil,
        attributes: [String: String],
        lists: [String],
        createdAt: Timestamp,
        updatedAt: Timestamp,
        lastInboundAt: Timestamp? = nil
    ) {
        self.id = id
        self.phone = phone
        self.waId = waId
        self.userId = userId
        self.name = name
        self.profileName = profileName
        self.attributes = attributes
        self.lists = lists
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.lastInboundAt = lastInboundAt
    }

    public static let shape = Shape(
        Self.init,
        Field("id", \.id, "Identifier of the contact."),
        Field("phone", \.phone, "Phone number in E.164."),
        Field("wa_id", \.waId, "Meta's wa_id."),
        Field("user_id", \.userId, "Meta's business-scoped user id (BSUID)."),
        Field("name", \.name, "Name that we gave."),
        Field("profile_name", \.profileName, "Name that the person chose."),
        Field("attributes", \.attributes, "What else is known, by name."),
        Field("lists", \.lists, "Lists that the contact is on."),
        Field("created_at", \.createdAt, "When it became known."),
        Field("updated_at", \.updatedAt, "When it last changed."),
        Field("last_inbound_at", \.lastInboundAt, "When the person last wrote.")
    )
}

/// List contacts.
public struct ContactList: PagedMethod {
    public let list: String?
    public let search: String?
    public let after: String?
    public let limit: Int?

    public init(list: String? = nil, search: String? = nil, after: String? = nil, limit: Int? = nil) {
        self.list = list
        self.search = search
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("list", \.list, "Only those on this list."),
        Field("search", \.search, "Only those whose phone number or name begins so.", length: 1...100),
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "contact.list"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("List contacts.")
    public static let example = ContactList(list: "customers")

    public typealias Reply = Page<ContactInfo>
    public typealias Place = ContactID
}

/// Show a contact.
public struct ContactShow: Method {
    public let contact: String

    public init(contact: String) {
        self.contact = contact
    }

    public static let shape = Shape(
        Self.init,
        Field("contact", \.contact, "Its identifier or phone number.")
    )

    public func validate() throws(Fault) { try Person.check(contact, field: "contact") }

    public static let name = "contact.show"
    public static let role = Role.agent
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound, .badAddress]
    public static let doc = Doc("Show a contact.")
    public static let example = ContactShow(contact: "+4915112345678")

    public typealias Reply = ContactInfo
}
