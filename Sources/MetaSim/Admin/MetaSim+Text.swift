extension MetaSim {
    /// The world as JSON: ids, tokens, secrets, numbers, templates.
    public var worldText: String { String(decoding: JSONText.bytes(world.json), as: UTF8.self) }
}

extension Knobs {
    /// All knobs as JSON, names in snake case.
    public var text: String { String(decoding: JSONText.bytes(json), as: UTF8.self) }

    /// Sets a knob by its name in snake case; `value` is JSON, or text when it is not. Throws words when there is no such knob, or the
    /// value has the wrong type.
    public mutating func set(_ name: String, to value: String) throws {
        let value = (try? JSONParser.parse(value)) ?? .string(value)
        self = try changed(by: .object([JSON.Member(name: name, value: value)]))
    }
}
