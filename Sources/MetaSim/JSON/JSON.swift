/// A JSON value that keeps the order of its keys and the spelling of its numbers.
///
/// The simulator has its own, so that nothing it says depends on the encoders of the program it tests.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number as it was spelt: ids above 2^53 survive.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Sendable, Equatable {
        var name: String
        var value: JSON
    }

    /// The first member of that name, when this is an object that has one.
    subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A string, or a number as it was spelt: Graph takes either for many parameters (`index: 0` and `index: "0"`).
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    var integer: Int? { text.flatMap { Int($0) } }

    var items: [JSON]? {
        if case .array(let items) = self { items } else { nil }
    }

    var isObject: Bool {
        if case .object = self { true } else { false }
    }

    /// This object with only the named members, in the order of `names`.
    func only(_ names: [String]) -> JSON {
        .object(names.compactMap { name in self[name].map { Member(name: name, value: $0) } })
    }

    /// This object with each member of `changes` put in place of its own, objects within objects likewise.
    /// Returns the path of the first member that this object does not have.
    mutating func merge(_ changes: JSON, path: String = "") -> String? {
        guard case .object(var members) = self, case .object(let edits) = changes else {
            self = changes
            return nil
        }
        for edit in edits {
            guard let index = members.firstIndex(where: { $0.name == edit.name }) else { return path + edit.name }
            if let unknown = members[index].value.merge(edit.value, path: path + edit.name + ".") { return unknown }
        }
        self = .object(members)
        return nil
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }

    init(_ value: Int) { self = .number(String(value)) }
}
