/// What a template asks of a message: worked out once from its node, so that a send is checked and rendered without looking at JSON.
struct TemplateLayout: Sendable {
    enum Header: Sendable, Equatable {
        case none
        case text(Blanks)
        /// `image`, `video`, `document`, `gif`, `location` or `product`.
        case other(String)
    }

    struct Button: Sendable {
        /// `URL`, `COPY_CODE`, `QUICK_REPLY`…
        let type: String
        let label: String
        let needsParameter: Bool
    }

    let header: Header
    let body: Blanks
    let footer: String?
    let buttons: [Button]
    let cardCount: Int
    let isNamed: Bool

    init(_ node: JSON) {
        let components = node["components"]?.items ?? []
        func component(_ type: String) -> JSON? { components.first { $0["type"]?.string?.uppercased() == type } }
        isNamed = node["parameter_format"]?.string?.uppercased() == "NAMED"
        if let header = component("HEADER") {
            let format = header["format"]?.string ?? "TEXT"
            self.header = format == "TEXT" ? .text(Blanks(header["text"]?.string ?? "")) : .other(format.lowercased())
        } else {
            header = .none
        }
        body = Blanks(component("BODY")?["text"]?.string ?? "")
        footer = component("FOOTER")?["text"]?.string
        buttons = (component("BUTTONS")?["buttons"]?.items ?? []).map { button in
            let type = button["type"]?.string?.uppercased() ?? ""
            let hasVariable = button["url"]?.string?.contains("{{") == true
            return Button(
                type: type,
                label: button["text"]?.string ?? "",
                needsParameter: type == "URL" ? hasVariable : type == "COPY_CODE"
            )
        }
        cardCount = component("CAROUSEL")?["cards"]?.items?.count ?? 0
    }
}

/// Text with blanks: `Hi {{1}}, order {{order_id}}`.
struct Blanks: Sendable, Equatable {
    /// One more than `names`: the text before, between and after the blanks.
    private let pieces: [String]
    /// The blanks in the order they appear; a name may appear twice.
    let names: [String]

    init(_ text: String) {
        var pieces: [String] = []
        var names: [String] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            pieces.append(String(rest[..<open.lowerBound]))
            names.append(rest[open.upperBound..<close.lowerBound].filter { $0 != " " })
            rest = rest[close.upperBound...]
        }
        pieces.append(String(rest))
        self.pieces = pieces
        self.names = names
    }

    /// How many different blanks there are.
    var count: Int { names.count < 2 ? names.count : Set(names).count }

    /// The text with each blank filled; a blank without a value stays empty.
    func filled(_ value: (String) -> String?) -> String {
        guard !names.isEmpty else { return pieces[0] }
        var text = pieces[0]
        for (name, piece) in zip(names, pieces.dropFirst()) {
            text += value(name) ?? ""
            text += piece
        }
        return text
    }
}
