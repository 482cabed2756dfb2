extension Template {
    /// What has to be, or can be, filled, in the order of the template's components. A template that cannot be sent yet may have slots too.
    public var slots: [TemplateSlot] { TemplateLayout(self).slots }

    /// How every message of a campaign is filled: `parameters` has a value, possibly with holes, for each slot's key.
    ///
    /// Everything that can be known before the first contact is checked here: that the template is of a kind that can be sent, that each
    /// required slot is given and no other, and what the fixed parts of the values already break.
    public func plan(parameters: [String: String]) throws(TemplateRefusal) -> TemplatePlan {
        let layout = TemplateLayout(self)
        let slots = layout.slots
        var problems = layout.problems
        var values: [String: PlannedValue] = [:]
        for slot in slots {
            guard let text = parameters[slot.key] else {
                if slot.isRequired { problems.append(TemplateProblem(slot: slot.key, reason: .missing(slot.kind))) }
                continue
            }
            do throws(TemplateExpression.SyntaxError) {
                let value = PlannedValue(slot: slot, expression: try TemplateExpression(text))
                values[slot.key] = value
                if let reason = value.constantProblem { problems.append(TemplateProblem(slot: slot.key, reason: reason)) }
            } catch {
                problems.append(TemplateProblem(slot: slot.key, reason: .expression(error)))
            }
        }
        let known = slots.map(\.key)
        for key in parameters.keys.sorted() where !known.contains(key) {
            problems.append(TemplateProblem(slot: key, reason: .unknown(suggestion: Spelling.closest(to: key, among: known), known: known)))
        }
        let components = layout.components.compactMap { component in
            component.compactMap { slot in
                values[slot.key] ?? (slot.kind == .flowToken ? PlannedValue(slot: slot, expression: .unusedFlowToken) : nil)
            }?.addressingMedia()
        }
        let plan = TemplatePlan(name: name, language: language, components: components, layout: layout)
        if problems.isEmpty { problems = plan.constantProblems }
        guard problems.isEmpty else { throw TemplateRefusal(problems: problems) }
        return plan
    }
}

extension TemplateExpression {
    fileprivate static let unusedFlowToken = TemplateExpression(parts: [.literal("unused")])

    /// Without the literal text that it begins with; nil when it does not begin so.
    fileprivate func dropping(prefix: String) -> TemplateExpression? {
        guard case .literal(let text)? = parts.first, text.hasPrefix(prefix) else { return nil }
        let rest = String(text.dropFirst(prefix.count))
        return TemplateExpression(parts: (rest.isEmpty ? [] : [.literal(rest)]) + parts.dropFirst())
    }
}

extension ComponentParameters<PlannedValue> {
    /// Tells links from ids: a value that begins with `id:` is one.
    fileprivate func addressingMedia() -> Self {
        ComponentParameters(
            target: target,
            parameters: parameters.map { parameter in
                guard case .media(let kind, _, let value, let fileName) = parameter, let id = value.expression.dropping(prefix: "id:")
                else {
                    return parameter
                }
                return .media(kind, .id, PlannedValue(slot: value.slot, expression: id, isMediaID: true), fileName: fileName)
            }
        )
    }
}
