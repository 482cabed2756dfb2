import WaproRPC

/// Why a configuration is not accepted: every problem that was found, not only the first.
public struct ConfigurationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing that is wrong. No secret is ever in it.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// `FILE:LINE`, `FILE`, or `environment`.
        public let place: String
        /// The setting (`store.path`, `accounts[0].token`), the environment variable, or empty when it is the file as a whole.
        public let key: String
        /// What is wrong and what to do next.
        public let text: String

        public var description: String {
            key.isEmpty ? "\(place): \(text)" : "\(place): \(key): \(text)"
        }
    }

    /// Never empty. First what is wrong with the form, then with single values, then between entries.
    public let problems: [Problem]

    /// One line a problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// Why a value is refused, in words that follow the name of its key. Becomes a `Problem` where the place is known.
struct Complaint: Error {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// “value” is not what was expected.
    init(_ value: String, isNot expected: String) {
        text = "\(quoted(value)) is not \(expected)"
    }
}

/// What somebody wrote, for a message: short, and without characters that would act on a terminal.
func quoted(_ text: String, limit: Int = 40) -> String {
    let clean = text.unicodeScalars.prefix(limit).map { $0.properties.generalCategory.isPrintable ? Character($0) : "�" }
    return "“\(String(clean))\(text.unicodeScalars.count > limit ? "…" : "")”"
}

extension Unicode.GeneralCategory {
    /// False for controls, invisible formatting (bidirectional overrides among them), private and unassigned characters.
    var isPrintable: Bool {
        switch self {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

/// `; did you mean …`, or nothing when no candidate is near.
func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String {
    Suggestion.nearest(to: word, among: candidates).map { "; did you mean \($0)" } ?? ""
}
