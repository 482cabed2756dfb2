public import WaproCore

/// The body of a campaign's messages, written once with holes and filled for each recipient by copying bytes: about 0.3 µs, where encoding
/// each message whole takes fifty times that.
public struct CampaignBody: Sendable {
    /// Everything after `type`, cut at the holes: one piece more than there are holes.
    private let pieces: [[UInt8]]
    /// Which of a filled template's values, counted over its components in order, goes into each hole.
    private let holes: [Int]
    private let size: Int

    public init(_ plan: TemplatePlan) {
        var text: [UInt8] = []
        var cuts: [(offset: Int, value: Int)] = []
        var value = 0
        TemplateJSON.append(name: plan.name, language: plan.language, plan.components, to: &text) { planned, body in
            if let constant = planned.expression.constant {
                body.appendQuoted(constant)
            } else {
                cuts.append((body.count, value))
            }
            value += 1
        }
        text.append("}")
        holes = cuts.map(\.value)
        let bounds = [0] + cuts.map(\.offset) + [text.count]
        pieces = zip(bounds, bounds.dropFirst()).map { Array(text[$0..<$1]) }
        size = text.count
    }

    /// The body for one recipient.
    /// - Parameter message: what `plan.fill` gave for this recipient, of the same plan.
    public func fill(_ message: FilledTemplate, to recipient: MessageRecipient, callbackData: String) -> [UInt8] {
        var values: [String] = []
        for component in message.components {
            for parameter in component.parameters {
                // Nearly all are text: no array for each.
                if case .text(let text, _) = parameter { values.append(text) } else { values += parameter.values }
            }
        }
        var body = MessageBody.opening(recipient, callbackData, type: "template", reserving: size + 32 * holes.count)
        for (piece, hole) in zip(pieces, holes) {
            body.append(contentsOf: piece)
            body.appendQuoted(values[hole])
        }
        body.append(contentsOf: pieces[pieces.count - 1])
        return body
    }
}
