/// Checks the body of `POST /{phone}/messages` in the order that Meta does (whatsapp-cloud-api, "Simulator checklist").
struct MessageCheck {
    let directory: Directory
    let number: Directory.Number
    let knobs: Knobs

    /// What a body asks for.
    enum Content: Sendable {
        case send(SendRequest)
        /// Mark as read, with or without the typing indicator.
        case markRead
    }

    func check(_ body: JSON) throws(GraphError) -> Content {
        guard body["messaging_product"]?.string == "whatsapp" else {
            guard body["messaging_product"] == nil else {
                throw GraphError(status: 400, code: 100, message: "(#100) Param messaging_product must be one of {WHATSAPP}")
            }
            throw .required("messaging_product")
        }
        if let status = body["status"] {
            guard status.string == "read" else { throw .invalid("Param status must be one of {READ}") }
            guard let wamid = body["message_id"]?.string else { throw .required("message_id") }
            guard Wamid.isFromUser(wamid) else { throw .invalid("Message ID is not the ID of a message that was received") }
            return .markRead
        }
        let recipient = try recipient(body)
        let type = body["type"]?.string ?? "text"
        guard let kind = MessageKind(rawValue: type) else {
            let known = MessageKind.allCases.map { $0.rawValue.uppercased() }.sorted().joined(separator: ", ")
            throw GraphError(status: 400, code: 100, message: "(#100) Param type must be one of {\(known)} - got \"\(type)\".")
        }
        guard let node = body[type] else { throw .missing("Missing \(type)") }
        let callbackData = body["biz_opaque_callback_data"]?.string ?? ""
        guard callbackData.unicodeScalars.count <= 512 else {
            throw .invalid("Param biz_opaque_callback_data must be at most 512 characters")
        }
        let content: TemplateCheck.Rendered
        var template: Directory.Entry?
        if kind == .template {
            let (entry, rendered) = try TemplateCheck(directory: directory, account: number.account.id).check(node)
            guard !recipient.byUserID || entry.template.category != "AUTHENTICATION" else { throw .code(131_062) }
            template = entry
            content = rendered
        } else {
            content = .init(text: try ShapeCheck.text(of: kind, node, context: body["context"]), quickReply: nil)
        }
        if let state = numberError { throw state }
        return .send(
            SendRequest(
                number: number,
                input: recipient.input,
                person: recipient.person,
                byUserID: recipient.byUserID,
                kind: kind,
                text: content.text,
                template: template,
                quickReply: content.quickReply,
                callbackData: callbackData,
                category: template.map { PricingCategory(template: $0.template.category) } ?? .service
            )
        )
    }

    private var numberError: GraphError? {
        if !number.number.isRegistered { return .code(133_010) }
        return number.account.isLocked ? .code(131_031) : nil
    }

    private struct Recipient {
        let input: String
        let person: String
        let byUserID: Bool
    }

    /// `to` wins over `recipient` when both are there.
    private func recipient(_ body: JSON) throws(GraphError) -> Recipient {
        switch body["recipient_type"]?.string ?? "individual" {
        case "individual": break
        case "group": throw .code(131_009).because("Groups are not simulated")
        default: throw .invalid("Param recipient_type must be one of {INDIVIDUAL, GROUP}")
        }
        if let to = body["to"] {
            guard let input = to.text, let digits = WaID.digits(input) else { throw .invalid("Param to is not a valid phone number") }
            let canonical = WaID.canonical(digits)
            guard canonical != WaID.canonical(number.digits) else { throw .code(131_021) }
            return Recipient(input: input, person: knobs.rewritesRecipients ? canonical : digits, byUserID: false)
        }
        guard let id = body["recipient"]?.string else { throw .required("to") }
        guard WaID.isUserID(id) else { throw .invalid("Param recipient is not a valid business-scoped user ID") }
        return Recipient(input: id, person: id, byUserID: true)
    }
}
