import WaproRPC
import Yams

/// The file as it was written: the text of every scalar setting with its line, the entries of the lists, and what is wrong with
/// its form. Values are not judged here.
struct ConfigurationDocument {
    /// A text and the line it stands on.
    struct Text {
        let text: String
        let line: Int?
    }

    /// By key: `store.path`.
    private(set) var scalars: [String: Text] = [:]
    /// By name of the list: `accounts`.
    private(set) var lists: [String: [Node]] = [:]
    /// Nothing is said of any account, so that a quick start by environment is possible.
    var hasNoAccounts: Bool { lists.allSatisfy { $0.key == "callers" || $0.value.isEmpty } }
    private(set) var problems: [ConfigurationRefusal.Problem] = []
    let path: String

    /// An empty document, for when there is no file.
    init(path: String) {
        self.path = path
    }

    init(_ yaml: String, path: String) {
        self.path = path
        read(yaml)
    }

    private mutating func read(_ yaml: String) {
        do {
            guard let root = try compose(yaml: yaml) else { return }
            if let scalar = root.scalar, scalar.isUnset { return }
            guard let mapping = root.mapping else {
                return complain(root.line, "", "the file is \(root.kindInWords); it should be made of sections such as “store:”")
            }
            readSections(mapping)
        } catch let error as YamlError {
            let (line, text) = error.placeAndReason
            complain(line, "", text)
        } catch {
            complain(nil, "", "this is not YAML")
        }
    }

    mutating func complain(_ line: Int?, _ key: String, _ text: String) {
        problems.append(.init(place: line.map { "\(path):\($0)" } ?? path, key: key, text: text))
    }

    private mutating func readSections(_ mapping: Node.Mapping) {
        let known = Setting.sections.union(EntryKeys.lists.keys)
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                complain(key.line, "", "a key must be a single word")
                continue
            }
            if EntryKeys.lists[name] != nil {
                readList(name, value)
            } else if Setting.sections.contains(name) {
                readSection(name, value)
            } else {
                complain(key.line, printable(name), "there is no such section\(Self.suggestion(for: name, among: known))")
            }
        }
    }

    private mutating func readList(_ name: String, _ value: Node) {
        if let scalar = value.scalar, scalar.isUnset { return }
        guard let sequence = value.sequence else {
            return complain(value.line, name, "this is \(value.kindInWords), but should be a list: each entry begins with “- name: …”")
        }
        lists[name] = Array(sequence)
    }

    private mutating func readSection(_ section: String, _ value: Node) {
        if let scalar = value.scalar, scalar.isUnset { return }
        guard let mapping = value.mapping else {
            return complain(value.line, section, "this is \(value.kindInWords), but should be a section of keys and values")
        }
        let settings = Setting.all.filter { $0.section == section }
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                complain(key.line, section, "a key must be a single word")
                continue
            }
            guard let setting = settings.first(where: { $0.name == name }) else {
                let hint = Self.suggestion(for: name, among: settings.map(\.name), section: section)
                complain(key.line, "\(section).\(printable(name))", "there is no such setting\(hint)")
                continue
            }
            guard let scalar = value.scalar else {
                complain(value.line, setting.key, "this is \(value.kindInWords), but should be \(setting.expected)")
                continue
            }
            if !scalar.isUnset { scalars[setting.key] = Text(text: scalar.string, line: value.line) }
        }
    }

    /// The nearest name at hand, else the same name in another section.
    private static func suggestion(for name: String, among names: some Sequence<String>, section: String = "") -> String {
        if let near = Suggestion.nearest(to: name, among: names) {
            return "; did you mean \(section.isEmpty ? near : "\(section).\(near)")"
        }
        return Setting.all.first { $0.name == name }.map { "; did you mean \($0.key)" } ?? ""
    }
}

/// A key from the file, safe to show and not longer than a key would be.
func printable(_ key: String, limit: Int = 40) -> String {
    String(quoted(key, limit: limit).dropFirst().dropLast())
}

extension YamlError {
    /// The parser's own words, with the line: a problem of form is always the only one, since nothing after it can be read.
    var placeAndReason: (line: Int?, text: String) {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            (mark.line, "this is not YAML: \(problem) (column \(mark.column)); is the indentation right, is a text with “: ” quoted?")
        case .duplicatedKeysInMapping(let keys, let context):
            (context.mark.line, "the key \(quoted(keys.first ?? "")) stands here twice; remove one")
        case .reader(let problem, _, _, _):
            (nil, "this is not YAML: \(problem)")
        default:
            (nil, "this is not YAML")
        }
    }
}
