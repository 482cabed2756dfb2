/// Where an app's webhooks go. `http` only: the simulator calls loopback.
struct CallbackURL: Sendable, Equatable {
    let host: String
    let port: Int
    /// Path and query.
    private(set) var target: String

    /// nil when the text is not such a URL.
    init?(_ text: String) {
        guard text.hasPrefix("http://") else { return nil }
        let rest = text.dropFirst(7)
        let slash = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<slash]
        let target = rest[slash...]
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            guard let port = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(port) else { return nil }
            self.port = port
            host = authority[..<colon].filter { $0 != "[" && $0 != "]" }
        } else {
            port = 80
            host = authority.filter { $0 != "[" && $0 != "]" }
        }
        guard !host.isEmpty else { return nil }
        self.target = target.isEmpty ? "/" : target.first == "?" ? "/" + target : String(target)
    }

    func with(target: String) -> CallbackURL {
        var url = self
        url.target = target
        return url
    }

    var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
