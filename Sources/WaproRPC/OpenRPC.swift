extension Catalogue {
    /// The version of the protocol: additions raise the second number, anything else the first.
    public static let version = "1.0"

    /// The OpenRPC 1.3 document of the catalogue, with `x-role` and `x-effect` for each method.
    public var openRPC: JSONValue {
        [
            "openrpc": "1.3.2",
            "info": [
                "title": "wapro", "version": .string(Self.version),
                "description": "JSON-RPC 2.0, one JSON text a line, on the control socket of waprod.",
            ],
            "methods": .array(methods.map { Self.document($0) }),
            "x-notifications": .array(notifications.map { Self.document($0) }),
        ]
    }

    private static func document<M: Method>(_ method: M.Type) -> JSONValue {
        let fields = M.shape.fields
        var document: JSONObject = ["name": .string(M.name), "summary": .string(M.doc.summary)]
        if !M.doc.details.isEmpty { document.append("description", .string(M.doc.details)) }
        document.append("paramStructure", "either")
        document.append("params", .array(fields.map(parameter)))
        document.append("result", ["name": "result", "schema": M.Reply.wireType.schema])
        let errors = M.faults.map { kind -> JSONValue in
            ["code": .integer(Int64(kind.number)), "message": .string(kind.doc), "data": ["type": .string(kind.slug)]]
        }
        if !errors.isEmpty { document.append("errors", .array(errors)) }
        let example = M.example.json
        document.append(
            "examples",
            [
                [
                    "name": "example",
                    "params": .array(
                        fields.compactMap { field in
                            example[field.name].map { ["name": .string(field.name), "value": $0] }
                        }
                    ),
                ]
            ]
        )
        document.append("x-role", .string(M.role.rawValue))
        document.append("x-effect", .string(M.effect.rawValue))
        document.append("x-since", .string(M.doc.since))
        return .object(document)
    }

    private static func document<N: Notification>(_ notification: N.Type) -> JSONValue {
        ["name": .string(N.name), "summary": .string(N.doc.summary), "params": .array(N.shape.fields.map(parameter))]
    }

    private static func parameter(_ field: FieldInfo) -> JSONValue {
        ["name": .string(field.name), "required": .bool(field.isRequired), "summary": .string(field.doc), "schema": field.type.schema]
    }
}
