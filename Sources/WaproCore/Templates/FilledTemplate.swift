/// A template with a contact's values: what is sent. It holds personal data, so it is never logged.
public struct FilledTemplate: Sendable, Hashable {
    public let name: String
    public let language: String
    /// In Meta's order; without those that have nothing to fill.
    public let components: [ComponentParameters<String>]
    let layout: TemplateLayout

    /// The message as the recipient sees it, one part a line: header, body, footer, and each button's label in brackets.
    /// A header that is not text is named in brackets, such as `[image]`.
    public var preview: String {
        var lines: [String] = []
        switch layout.header {
        case .text(let text)?: lines.append(text.rendered(values(of: .header)))
        case .other(let format)?: lines.append("[\(format)]")
        case nil: break
        }
        if !layout.body.parts.isEmpty { lines.append(layout.body.rendered(bodyValues)) }
        if let footer = layout.footer { lines.append(footer) }
        lines += layout.buttons.map { "[\($0)]" }
        return lines.joined(separator: "\n")
    }

    /// The whole header and body are limited too, not only each value in them.
    var lengthProblems: [TemplateProblem] {
        var problems: [TemplateProblem] = []
        if case .text(let text)? = layout.header, text.length(values(of: .header)) > TemplateLayout.Limits.header {
            problems.append(TemplateProblem(slot: "header", reason: .tooLong(limit: TemplateLayout.Limits.header)))
        }
        if layout.body.length(bodyValues) > TemplateLayout.Limits.body {
            problems.append(TemplateProblem(slot: "body", reason: .tooLong(limit: TemplateLayout.Limits.body)))
        }
        return problems
    }

    private func values(of target: ComponentTarget) -> [String] {
        components.first { $0.target == target }?.parameters.flatMap(\.values) ?? []
    }

    /// An authentication template's text may name its one value more than once or under another number.
    private var bodyValues: [String] {
        let values = values(of: .body)
        guard let first = values.first, values.count < layout.body.placeholders.count else { return values }
        return layout.body.placeholders.map { _ in first }
    }
}
