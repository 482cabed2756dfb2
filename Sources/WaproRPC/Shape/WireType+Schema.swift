import WaproCore

extension WireType {
    /// The JSON Schema (draft 7, which OpenRPC uses).
    public var schema: JSONValue {
        switch self {
        case .bool: return ["type": "boolean"]
        case .integer(let range):
            guard let range else { return ["type": "integer"] }
            return ["type": "integer", "minimum": .integer(Int64(range.lowerBound)), "maximum": .integer(Int64(range.upperBound))]
        case .longInteger: return ["oneOf": [["type": "integer"], ["type": "string", "pattern": "^-?[0-9]+$"]]]
        case .decimal: return ["type": "number"]
        case .text(let range):
            guard let range else { return ["type": "string"] }
            return ["type": "string", "minLength": .integer(Int64(range.lowerBound)), "maxLength": .integer(Int64(range.upperBound))]
        case .secret:
            return ["type": "string", "format": "password", "minLength": 1, "maxLength": .integer(Int64(Secret.longest))]
        case .timestamp: return ["type": "string", "format": "date-time"]
        case .identifier(let prefix): return ["type": "string", "pattern": .string("^\(prefix)_[0-9a-hjkmnp-tv-z]{13}$")]
        case .choice(let values): return ["type": "string", "enum": .array(values.map(JSONValue.string))]
        // A reply of a newer daemon is still one: the words are those that are known today.
        case .word(let values): return ["anyOf": [["enum": .array(values.map(JSONValue.string))], ["type": "string"]]]
        case .bytes: return ["type": "string", "contentEncoding": "base64"]
        case .list(let type): return ["type": "array", "items": type.schema]
        case .texts: return ["type": "object", "additionalProperties": ["type": "string"]]
        case .object(let name, let fields):
            var properties = JSONObject()
            for field in fields { properties.append(field.name, field.schema) }
            return [
                "title": .string(name), "type": "object", "properties": .object(properties),
                "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
            ]
        case .json: return [:]
        }
    }
}

extension FieldInfo {
    /// The field's schema with its documentation.
    public var schema: JSONValue {
        guard case .object(var schema) = type.schema else { return [:] }
        schema.append("description", .string(doc))
        return .object(schema)
    }
}
