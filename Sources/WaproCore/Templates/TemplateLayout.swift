/// What a template shows and where its slots are: read once from its components, used by slots, plans and previews alike.
struct TemplateLayout: Sendable, Hashable {
    private(set) var components: [ComponentParameters<TemplateSlot>] = []
    /// What wapro cannot send.
    private(set) var problems: [TemplateProblem] = []
    private(set) var header: Header?
    private(set) var body = TemplateText("")
    private(set) var footer: String?
    private(set) var buttons: [String] = []

    enum Header: Sendable, Hashable {
        case text(TemplateText)
        /// Something that text can only name: its format in lower case.
        case other(String)
    }

    init(_ template: Template) {
        for component in template.components {
            switch component.kind {
            case .header: add(header: component, named: template.parameterFormat == .named)
            case .body: add(body: component, of: template)
            case .footer: footer = component.text
            case .buttons: add(buttons: component, of: template)
            case .carousel: refuse("carousel templates cannot be sent yet")
            case .limitedTimeOffer: refuse("limited-time-offer templates cannot be sent yet")
            default: refuse("templates with a component of type \(component.kind.rawValue) cannot be sent yet")
            }
        }
    }

    private mutating func refuse(_ words: String) {
        problems.append(TemplateProblem(slot: nil, reason: .unsupported(words)))
    }

    private mutating func add(_ target: ComponentTarget, _ parameters: [TemplateParameter<TemplateSlot>]) {
        if !parameters.isEmpty { components.append(ComponentParameters(target: target, parameters: parameters)) }
    }

    // MARK: Header and body

    private mutating func add(header: TemplateComponent, named: Bool) {
        let format = header.format ?? .text
        self.header = .other(format.rawValue.lowercased())
        switch format {
        case .text:
            let text = TemplateText(header.text ?? "")
            self.header = .text(text)
            let examples = Examples(header.json["example"], positional: "header_text", named: "header_text_named_params")
            add(
                .header,
                text.placeholders.enumerated().map { index, name in
                    .text(
                        TemplateSlot("header.\(name)", .headerText, limit: Limits.header, example: examples.of(name, at: index)),
                        name: named ? name : nil
                    )
                }
            )
        case .image: add(.header, [.media(.image, .link, TemplateSlot("header.image", .media), fileName: nil)])
        case .video: add(.header, [.media(.video, .link, TemplateSlot("header.video", .media), fileName: nil)])
        case .document:
            let name = TemplateSlot("header.document.filename", .fileName, isRequired: false, limit: Limits.fileName)
            add(.header, [.media(.document, .link, TemplateSlot("header.document", .media), fileName: name)])
        case .location:
            add(
                .header,
                [
                    .location(
                        latitude: TemplateSlot("header.location.latitude", .latitude),
                        longitude: TemplateSlot("header.location.longitude", .longitude),
                        name: TemplateSlot("header.location.name", .place),
                        address: TemplateSlot("header.location.address", .place)
                    )
                ]
            )
        default: refuse("templates with a header of format \(format.rawValue) cannot be sent yet")
        }
    }

    private static func oneTimePassword(example: String?) -> TemplateSlot {
        TemplateSlot("1", .oneTimePassword, limit: Limits.oneTimePassword, example: example)
    }

    private mutating func add(body component: TemplateComponent, of template: Template) {
        body = TemplateText(component.text ?? "")
        let examples = Examples(component.json["example"], positional: "body_text", named: "body_text_named_params")
        if template.category == .authentication {
            // Meta writes and translates this text; before it has, there is none to look for the placeholder in.
            if body.parts.isEmpty { body = TemplateText("{{1}}") }
            return add(.body, [.text(Self.oneTimePassword(example: examples.of("1", at: 0)), name: nil)])
        }
        add(
            .body,
            body.placeholders.enumerated().map { index, name in
                .text(
                    TemplateSlot(name, .bodyText, limit: Limits.body, example: examples.of(name, at: index)),
                    name: template.parameterFormat == .named ? name : nil
                )
            }
        )
    }

    // MARK: Buttons

    private mutating func add(buttons component: TemplateComponent, of template: Template) {
        for (index, button) in component.buttons.enumerated() {
            buttons.append(button.label ?? button.kind.fixedLabel)
            let key = "button.\(index)"
            switch button.kind {
            case .quickReply:
                add(
                    .button(.quickReply, index: index),
                    [.payload(TemplateSlot("\(key).payload", .payload, isRequired: false, limit: Limits.payload))]
                )
            case .oneTimePassword,
                .url where template.category == .authentication:
                add(.button(.url, index: index), [.text(Self.oneTimePassword(example: nil), name: nil)])
            case .url:
                let link = TemplateText(button.url ?? "")
                guard !link.placeholders.isEmpty else { continue }
                let slot = TemplateSlot(
                    key,
                    .linkEnd,
                    limit: max(0, Limits.link - link.literalLength),
                    example: button.json["example"]?.elements.first?.string
                )
                add(.button(.url, index: index), [.text(slot, name: nil)])
            case .copyCode:
                let example = button.json["example"]?.string ?? button.json["example"]?.elements.first?.string
                add(.button(.copyCode, index: index), [.couponCode(TemplateSlot(key, .copyCode, limit: Limits.copyCode, example: example))])
            case .flow:
                add(.button(.flow, index: index), [.flow(token: TemplateSlot("\(key).flow_token", .flowToken, isRequired: false))])
            case .phoneNumber, .voiceCall: continue  // nothing in it varies
            default: refuse("templates with a button of type \(button.kind.rawValue) cannot be sent yet")
            }
        }
    }

    /// Every slot once, in the order of the components.
    var slots: [TemplateSlot] {
        var slots: [TemplateSlot] = []
        for slot in components.flatMap(\.parameters).flatMap(\.values) where !slots.contains(where: { $0.key == slot.key }) {
            slots.append(slot)
        }
        return slots
    }
}

extension TemplateLayout {
    /// Meta's limits in characters.
    enum Limits {
        static let header = 60
        static let body = 1024
        static let link = 2000
        /// 15 until December 2025.
        static let copyCode = 20
        static let oneTimePassword = 15
        /// What Meta documents; some libraries allow themselves 256.
        static let payload = 128
        /// Meta names none; this is what file systems take.
        static let fileName = 240
    }

    /// The examples in a component, which Meta keeps in one shape for numbered and in another for named placeholders.
    private struct Examples {
        private let positional: [RawJSON]
        private let named: [RawJSON]

        init(_ json: RawJSON?, positional: String, named: String) {
            let list = json?[positional]?.elements ?? []
            // The body's are one list in another, the header's are a plain list.
            if case .array(let inner)? = list.first { self.positional = inner } else { self.positional = list }
            self.named = json?[named]?.elements ?? []
        }

        func of(_ name: String, at index: Int) -> String? {
            named.first { $0["param_name"]?.string == name }?["example"]?.string
                ?? (positional.indices.contains(index) ? positional[index].string : nil)
        }
    }
}

extension TemplateButton.Kind {
    /// The label that Meta gives to a button that has none of its own.
    var fixedLabel: String {
        switch self {
        case .copyCode, .oneTimePassword: "Copy code"
        default: rawValue.lowercased()
        }
    }
}
