import Yams

extension Node.Scalar {
    /// `key:` with nothing after it, or `~`: as if the line were not there.
    var isUnset: Bool {
        style == .plain && ["", "~", "null"].contains(string)
    }
}

extension Node {
    /// What it is, in an administrator's words.
    var kindInWords: String {
        switch self {
        case .scalar: "a single value"
        case .mapping: "a section of keys and values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    var line: Int? { mark?.line }
}
