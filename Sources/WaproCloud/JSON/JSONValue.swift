internal import WaproCore

/// One value of a document. Asking for what is not there, or is of another kind, gives nil: Meta's shapes vary.
struct JSONValue {
    let document: JSONDocument
    let index: Int

    private var node: JSONDocument.Node { document.nodes[index] }

    var kind: JSONDocument.Kind { node.kind }

    /// The member of an object; nil when it is missing or null.
    subscript(_ key: StaticString) -> JSONValue? {
        guard kind == .object else { return nil }
        let end = node.next
        var at = index + 1
        while at < end {
            let value = at + 1
            if matches(document.nodes[at], key) {
                return document.nodes[value].kind == .null ? nil : JSONValue(document: document, index: value)
            }
            at = Int(document.nodes[value].next)
        }
        return nil
    }

    /// The member named by data, such as the node that a message's `type` names.
    subscript(named name: String) -> JSONValue? {
        members.first { $0.key == name && $0.value.kind != .null }?.value
    }

    /// The members of an object, in order; none for anything else.
    var members: [(key: String, value: JSONValue)] {
        guard kind == .object else { return [] }
        var members: [(String, JSONValue)] = []
        var at = index + 1
        while at < node.next {
            let value = JSONValue(document: document, index: at + 1)
            members.append((JSONString.decode(document.bytes, document.nodes[at]), value))
            at = Int(value.node.next)
        }
        return members
    }

    /// The elements of an array, in order; nil for anything else.
    var elements: [JSONValue]? {
        guard kind == .array else { return nil }
        var elements: [JSONValue] = []
        var at = index + 1
        while at < node.next {
            elements.append(JSONValue(document: document, index: at))
            at = Int(document.nodes[at].next)
        }
        return elements
    }

    var string: String? {
        kind == .string ? JSONString.decode(document.bytes, node) : nil
    }

    /// A whole number; also one in quotes, as Meta writes ids and times.
    var int: Int64? {
        kind == .number ? Int64(rawText) : string.flatMap { Int64($0) }
    }

    /// Text as it is, or a number's digits: ids are strings in some places and integers in others.
    var text: String? {
        kind == .number ? rawText : string
    }

    var bool: Bool? {
        switch kind {
        case .true_: true
        case .false_: false
        default: nil
        }
    }

    /// Exactly as it came.
    var rawText: String {
        String(decoding: document.bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
    }

    private func matches(_ node: JSONDocument.Node, _ key: StaticString) -> Bool {
        let count = key.utf8CodeUnitCount
        guard !node.escaped else { return JSONString.decode(document.bytes, node) == key.description }
        guard Int(node.end - node.start) == count + 2 else { return false }
        let start = Int(node.start) + 1
        for offset in 0..<count where document.bytes[start + offset] != key.utf8Start[offset] { return false }
        return true
    }
}

extension JSONValue {
    /// The same value as a tree, for what Core keeps whole.
    var tree: RawJSON {
        switch kind {
        case .null: .null
        case .true_: .bool(true)
        case .false_: .bool(false)
        case .string: .string(string ?? "")
        case .number: Int64(rawText).map { .integer($0) } ?? .number(Double(rawText) ?? 0)
        case .array: .array((elements ?? []).map(\.tree))
        case .object: .object(Dictionary(members.map { ($0.key, $0.value.tree) }) { first, _ in first })
        }
    }
}
