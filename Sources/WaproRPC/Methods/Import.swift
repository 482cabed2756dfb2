public import WaproCore

/// How far an import is.
public enum ImportState: String, WireChoice {
    /// It takes pieces.
    case reading
    case done
    /// It was given up: the reason says why. Rows imported before stay.
    case failed

    public var slug: String { rawValue }
    public init?(slug: String) { self.init(rawValue: slug) }
}

/// How far an import is.
public struct ImportProgress: Wire {
    public let importID: ImportID
    public let state: Open<ImportState>
    public let fileName: String?
    public let list: String?
    public let startedAt: Timestamp
    public let lines: Int64
    public let created: Int64
    public let updated: Int64
    public let unchanged: Int64
    public let refused: Int64
    public let reason: String?

    public init(
        importID: ImportID,
        state: Open<ImportState>,
        fileName: String? = nil,
        list: String? = nil,
        startedAt: Timestamp,
        lines: Int64,
        created: Int64,
        updated: Int64,
        unchanged: Int64,
        refused: Int64,
        reason: String? = nil
    ) {
        self.importID = importID
        self.state = state
        self.fileName = fileName
        self.list = list
        self.startedAt = startedAt
        self.lines = lines
        self.created = created
        self.updated = updated
        self.unchanged = unchanged
        self.refused = refused
        self.reason = reason
    }

    public static let shape = Shape(
        Self.init,
        Field("import", \.importID, "Identifier of the import."),
        Field("state", \.state, "How far it is."),
        Field("file_name", \.fileName, "Name of the file, as the caller gave it."),
        Field("list", \.list, "List that the contacts are put on."),
        Field("started_at", \.startedAt, "When it began."),
        Field("lines", \.lines, "Lines read, the header included."),
        Field("created", \.created, "Contacts that are new."),
        Field("updated", \.updated, "Contacts that were known and have changed."),
        Field("unchanged", \.unchanged, "Contacts that were known as they are."),
        Field("refused", \.refused, "Rows that were not imported."),
        Field("reason", \.reason, "Why the import failed.")
    )
}

/// A row that was not imported.
public struct ImportFault: Wire {
    public let line: Int64
    public let field: String?
    public let reason: String

    public init(line: Int64, field: String? = nil, reason: String) {
        self.line = line
        self.field = field
        self.reason = reason
    }

    public static let shape = Shape(
        Self.init,
        Field("line", \.line, "Line of the file, counted from 1."),
        Field("field", \.field, "Column at fault."),
        Field("reason", \.reason, "What is wrong with it.")
    )
}

/// Begin an import of contacts from CSV.
public struct ContactImport: ChangingMethod {
    public let list: String?
    public let defaultRegion: String?
    public let fileName: String?
    public var idempotencyKey: String?

    public init(list: String? = nil, defaultRegion: String? = nil, fileName: String? = nil, idempotencyKey: String? = nil) {
        self.list = list
        self.defaultRegion = defaultRegion
        self.fileName = fileName
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("list", \.list, "List to put the contacts on; made when it is new. No telephone number in its name.", length: 1...100),
        Field("default_region", \.defaultRegion, "Country (ISO 3166, two letters) of numbers in national form.", length: 2...2),
        Field("file_name", \.fileName, "Name of the file, for people; it is not opened.", length: 1...255),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    /// The country of numbers in national form.
    public var region: Region? { defaultRegion.flatMap { Region($0) } }

    public func validate() throws(Fault) {
        try Fault.unlessTelling(list, field: "list")
        guard defaultRegion == nil || region != nil else {
            throw Fault(
                .invalidParameters,
                "The default region is not a country; give its two letters as in ISO 3166, such as DE or BR.",
                field: "default_region"
            )
        }
    }

    public static let name = "contact.import"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.tooManyImports]
    public static let doc = Doc(
        "Begin an import of contacts from CSV.",
        details: "The file follows in pieces, by import.append. Its first line names the columns; one of them must be phone."
    )
    public static let example = ContactImport(list: "customers", defaultRegion: "DE")

    /// An import that takes pieces.
    public struct Reply: Wire {
        public let importID: ImportID
        public let pieceBytes: Int
        public let state: Open<ImportState>

        public init(importID: ImportID, pieceBytes: Int, state: Open<ImportState>) {
            self.importID = importID
            self.pieceBytes = pieceBytes
            self.state = state
        }

        public static let shape = Shape(
            Self.init,
            Field("import", \.importID, "Identifier of the import."),
            Field("piece_bytes", \.pieceBytes, "Largest piece in bytes."),
            Field("state", \.state, "How far it is.")
        )
    }
}

/// Send a piece of the file of an import.
public struct ImportAppend: ChangingMethod {
    public let importID: ImportID
    public let piece: Int
    public let data: Base64
    public let last: Bool
    public var idempotencyKey: String?

    public init(importID: ImportID, piece: Int, data: Base64, last: Bool, idempotencyKey: String? = nil) {
        self.importID = importID
        self.piece = piece
        self.data = data
        self.last = last
        self.idempotencyKey = idempotencyKey
    }

    public static let shape = Shape(
        Self.init,
        Field("import", \.importID, "Identifier of the import."),
        Field("piece", \.piece, "Position of the piece, counted from 0.", in: 0...1_000_000),
        Field("data", \.data, "The bytes of the piece."),
        Field("last", \.last, "Whether it is the last one."),
        Field(
            "idempotency_key",
            \.idempotencyKey,
            "Repeating the call with the same key has one effect and the same answer.",
            length: 1...64
        )
    )

    public static let name = "import.append"
    public static let role = Role.operator
    public static let effect = Effect.changes
    public static let faults: [Fault.Kind] = [.notFound, .importFinished, .pieceOutOfOrder, .pieceTooLarge, .conflict]
    public static let doc = Doc(
        "Send a piece of the file of an import.",
        details: """
            Pieces come in order. The last one that was taken may be sent again, and so may every one that had an idempotency key, with that key: \
            it is answered and not applied again. Other bytes in the place of a piece that was taken are a conflict. The answer comes when the \
            rows of the piece are on disk.
            """
    )
    public static let example = ImportAppend(
        importID: ImportID(rawValue: 1),
        piece: 0,
        data: Base64(Array("phone,name\n".utf8)),
        last: true
    )

    public typealias Reply = ImportProgress
}

/// Show how far an import is.
public struct ImportShow: Method {
    public let importID: ImportID

    public init(importID: ImportID) {
        self.importID = importID
    }

    public static let shape = Shape(
        Self.init,
        Field("import", \.importID, "Identifier of the import.")
    )

    public static let name = "import.show"
    public static let role = Role.operator
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("Show how far an import is.")
    public static let example = ImportShow(importID: ImportID(rawValue: 1))

    public typealias Reply = ImportProgress
}

/// List the rows that an import refused.
public struct ImportFaults: PagedMethod {
    public let importID: ImportID
    public let after: String?
    public let limit: Int?

    public init(importID: ImportID, after: String? = nil, limit: Int? = nil) {
        self.importID = importID
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("import", \.importID, "Identifier of the import."),
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "import.faults"
    public static let role = Role.operator
    public static let effect = Effect.reads
    public static let faults: [Fault.Kind] = [.notFound]
    public static let doc = Doc("List the rows that an import refused.")
    public static let example = ImportFaults(importID: ImportID(rawValue: 1))

    public typealias Reply = Page<ImportFault>
    public typealias Place = Int
}

/// List the imports, newest first.
public struct ImportList: PagedMethod {
    public let after: String?
    public let limit: Int?

    public init(after: String? = nil, limit: Int? = nil) {
        self.after = after
        self.limit = limit
    }

    public static let shape = Shape(
        Self.init,
        Field("after", \.after, "The next of the page before; the first page if absent."),
        Field("limit", \.limit, "How many at most; 100 if absent.", in: 1...1000)
    )

    public static let name = "import.list"
    public static let role = Role.operator
    public static let effect = Effect.reads
    public static let doc = Doc("List the imports, newest first.")
    public static let example = ImportList()

    public typealias Reply = Page<ImportProgress>
    public typealias Place = ImportID
}
