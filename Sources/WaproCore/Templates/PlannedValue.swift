/// What a slot is filled with: a text for everybody, or one with holes.
public struct PlannedValue: Sendable, Hashable {
    public let slot: TemplateSlot
    /// Of a media slot that is given as an id: without `id:`.
    public let expression: TemplateExpression
    let isMediaID: Bool

    init(slot: TemplateSlot, expression: TemplateExpression, isMediaID: Bool = false) {
        (self.slot, self.expression, self.isMediaID) = (slot, expression, isMediaID)
    }

    /// What is wrong with the expression whoever the contact is; nil when nothing is.
    var constantProblem: TemplateProblem.Reason? {
        if let constant = expression.constant {
            return constant.hasPrefix("id:") && slot.kind == .media
                ? PlannedValue(slot: slot, expression: expression, isMediaID: true).problem(with: String(constant.dropFirst(3)))
                : problem(with: constant)
        }
        var length = 0
        for case .literal(let text) in expression.parts {
            if let reason = forbiddenSpace(in: text) { return reason }
            length += text.templateLength
        }
        if let limit = slot.limit, length > limit { return .tooLong(limit: limit) }
        if slot.kind == .media, case .literal(let start)? = expression.parts.first, !start.hasPrefix("https://"), !start.hasPrefix("id:") {
            return .notMedia
        }
        return nil
    }

    /// What is wrong with a value; nil when nothing is.
    func problem(with text: String) -> TemplateProblem.Reason? {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return .empty }
        if let reason = forbiddenSpace(in: text) { return reason }
        if let limit = slot.limit, text.templateLength > limit { return .tooLong(limit: limit) }
        switch slot.kind {
        case .media:
            if isMediaID { return text.utf8.allSatisfy(\.isLetterOrDigit) ? nil : .notMedia }
            return text.hasPrefix("https://") && text.utf8.count > 8 ? nil : .notMedia
        case .oneTimePassword:
            return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !text.contains("://") ? nil : .notPlain
        case .latitude: return Double(text).map { abs($0) <= 90 } == true ? nil : .notCoordinate
        case .longitude: return Double(text).map { abs($0) <= 180 } == true ? nil : .notCoordinate
        case .bodyText, .headerText, .fileName, .place, .linkEnd, .copyCode, .payload, .flowToken: return nil
        }
    }

    private func forbiddenSpace(in text: String) -> TemplateProblem.Reason? {
        switch slot.kind {
        case .bodyText, .headerText, .fileName, .place, .payload:
            var spaces = 0
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\n", "\r", "\t", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": return .lineBreakOrTab
                case " ", "\u{A0}":
                    spaces += 1
                    if spaces > 4 { return .fiveSpaces }
                default: spaces = 0
                }
            }
            return nil
        case .media, .linkEnd, .copyCode, .oneTimePassword, .latitude, .longitude, .flowToken:
            return text.unicodeScalars.contains { $0.properties.isWhitespace } ? .space : nil
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isLetterOrDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 26 }
}
