/// A template with an expression for each of its slots: what a campaign sends, before it is known to whom.
public struct TemplatePlan: Sendable, Hashable {
    public let name: String
    public let language: String
    /// In Meta's order; without those that have nothing to fill.
    public let components: [ComponentParameters<PlannedValue>]
    let layout: TemplateLayout

    /// The fields of a contact that are asked for, each once.
    public var fields: [String] {
        var fields: [String] = []
        for field in components.flatMap(\.parameters).flatMap(\.values).flatMap(\.expression.fields) where !fields.contains(field) {
            fields.append(field)
        }
        return fields
    }

    /// The message for one contact; `field` gives the contact's values. Throws everything that is wrong with them.
    public func fill(_ field: (String) -> String?) throws(TemplateRefusal) -> FilledTemplate {
        var problems: [TemplateProblem] = []
        let filled = components.compactMap { component in
            component.compactMap { value -> String? in
                do throws(TemplateExpression.MissingField) {
                    let text = try value.expression.evaluate(field)
                    guard let reason = value.problem(with: text) else { return text }
                    problems.append(TemplateProblem(slot: value.slot.key, reason: reason))
                } catch {
                    problems.append(TemplateProblem(slot: value.slot.key, reason: .missingField(error)))
                }
                return ""  // keeps the other values in their places; the problem is thrown below
            }
        }
        let message = FilledTemplate(name: name, language: language, components: filled, layout: layout)
        if problems.isEmpty { problems = message.lengthProblems }
        guard problems.isEmpty else { throw TemplateRefusal(problems: problems.firstOfEachSlot()) }
        return message
    }

    /// What is wrong whoever the contact is, beyond single values: the length of the whole body and header.
    var constantProblems: [TemplateProblem] {
        let shortest = components.compactMap { component in
            component.compactMap { $0.expression.parts.reduce(into: "") { if case .literal(let text) = $1 { $0 += text } } }
        }
        return FilledTemplate(name: name, language: language, components: shortest, layout: layout).lengthProblems
    }
}

extension [TemplateProblem] {
    /// A one-time password is in two places and wrong in both; that is one problem.
    fileprivate func firstOfEachSlot() -> [TemplateProblem] {
        var seen: Set<String?> = []
        return filter { $0.slot == nil || seen.insert($0.slot).inserted }
    }
}
