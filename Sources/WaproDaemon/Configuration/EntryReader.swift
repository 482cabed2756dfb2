import WaproCore
import Yams

/// One entry of a list: hands out its values and collects what is wrong with them, so that all of it is reported at once.
///
/// A value that is refused is replaced by `nil`; the entry is then dropped, but its siblings are still read.
struct EntryReader {
    /// `accounts[0]`.
    let key: String
    let line: Int?
    private let path: String
    private let values: [String: Node]
    private let resolve: (SecretReference) throws(Complaint) -> Secret
    private(set) var problems: [ConfigurationRefusal.Problem] = []

    init(
        _ node: Node,
        key: String,
        known: [String],
        path: String,
        resolve: @escaping (SecretReference) throws(Complaint) -> Secret
    ) {
        self.key = key
        self.path = path
        self.resolve = resolve
        line = node.line
        guard let mapping = node.mapping else {
            values = [:]
            complain(line, nil, "this is \(node.kindInWords), but should be an entry with the keys \(known.joined(separator: ", "))")
            return
        }
        var values: [String: Node] = [:]
        var unknown: [(name: String, line: Int?)] = []
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            if known.contains(name) { values[name] = value } else { unknown.append((name, key.line)) }
        }
        self.values = values
        for (name, line) in unknown {
            complain(line, printable(name), "there is no such key\(didYouMean(name, among: known))")
        }
    }

    /// Whether the entry has no keys to read at all: it was refused as a whole.
    var isEmpty: Bool { values.isEmpty }

    func line(of name: String) -> Int? { values[name]?.line ?? line }

    /// Whether it is given, right or wrong.
    func has(_ name: String) -> Bool { present(name) != nil }

    mutating func complain(_ line: Int?, _ name: String?, _ text: String) {
        let key = name.map { "\(self.key).\($0)" } ?? self.key
        problems.append(.init(place: line.map { "\(path):\($0)" } ?? path, key: key, text: text))
    }

    mutating func required<Value>(_ name: String, _ format: Format<Value>) -> Value? {
        guard let value = present(name) else {
            complain(line, name, "is missing: it should be \(format.expected)")
            return nil
        }
        return read(value, name, format)
    }

    /// Nil when it is absent and when it is refused; the second leaves a problem.
    mutating func optional<Value>(_ name: String, _ format: Format<Value>) -> Value? {
        present(name).flatMap { read($0, name, format) }
    }

    mutating func requiredSecret(_ name: String) -> Secret? {
        guard present(name) != nil else {
            complain(line, name, "is missing: write {credential: NAME}, {file: /PATH} or {env: NAME}")
            return nil
        }
        return optionalSecret(name)
    }

    mutating func optionalSecret(_ name: String) -> Secret? {
        guard let node = present(name) else { return nil }
        do throws(Complaint) {
            return try resolve(SecretReference(node))
        } catch {
            complain(node.line, name, error.text)
            return nil
        }
    }

    private func present(_ name: String) -> Node? {
        guard let node = values[name] else { return nil }
        if let scalar = node.scalar, scalar.isUnset { return nil }
        return node
    }

    private mutating func read<Value>(_ node: Node, _ name: String, _ format: Format<Value>) -> Value? {
        guard let scalar = node.scalar else {
            complain(node.line, name, "this is \(node.kindInWords), but should be \(format.expected)")
            return nil
        }
        do throws(Complaint) {
            return try format.read(scalar.string)
        } catch {
            complain(node.line, name, error.text)
            return nil
        }
    }
}
