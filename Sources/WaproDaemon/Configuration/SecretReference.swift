import WaproCore
import Yams

/// Where a secret is: it is never written in the configuration itself.
enum SecretReference: Hashable {
    /// `{file: /etc/waprod/secrets/token}`
    case file(String)
    /// `{credential: waprod.access-token}`: a file of that name in `$CREDENTIALS_DIRECTORY`, which systemd fills.
    case credential(String)
    /// `{env: NAME}`
    case environment(String)

    static let kinds = ["file", "credential", "env"]

    private static let forms = "{credential: NAME}, {file: /PATH} or {env: NAME}"

    /// Reads a reference. The value of a literal secret is never repeated in the complaint.
    init(_ node: Node) throws(Complaint) {
        if case .scalar(let scalar) = node {
            guard !scalar.isUnset else { throw Complaint("is missing: write \(Self.forms)") }
            guard !scalar.string.hasPrefix("/") else {
                throw Complaint("a secret is named by reference; did you mean {file: \(printable(scalar.string))}")
            }
            throw Complaint(
                "a secret must not be written here: put it in a file that only root or waprod can read, and write \(Self.forms)"
            )
        }
        guard let mapping = node.mapping, mapping.count == 1, let pair = mapping.first, let kind = pair.key.scalar?.string else {
            throw Complaint("is not a reference to a secret: write exactly one of \(Self.forms)")
        }
        guard let value = pair.value.scalar, !value.isUnset else { throw Complaint("the reference says \(quoted(kind)) but names nothing") }
        switch kind {
        case "file":
            self = .file(try Format.absolutePath.read(value.string))
        case "credential":
            guard !value.string.contains("/") else { throw Complaint(value.string, isNot: "the name of a credential: it has no slash") }
            self = .credential(value.string)
        case "env":
            self = .environment(value.string)
        default:
            throw Complaint("\(quoted(kind)) is not a kind of reference\(didYouMean(kind, among: Self.kinds)); write \(Self.forms)")
        }
    }
}

extension SecretReference: CustomStringConvertible {
    /// As it is written in the file: the reference, never the secret.
    var description: String {
        switch self {
        case .file(let path): "{file: \(path)}"
        case .credential(let name): "{credential: \(name)}"
        case .environment(let name): "{env: \(name)}"
        }
    }
}
