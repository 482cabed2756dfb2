internal import WaproCore

/// The `template` node of a message (whatsapp-cloud-api.md §2.5), for filled templates and for plans alike: `quoted` writes one value as
/// a JSON string, or leaves a hole for it.
enum TemplateJSON {
    static func append<Value>(
        name: String,
        language: String,
        _ components: [ComponentParameters<Value>],
        to body: inout [UInt8],
        quoted: (Value, inout [UInt8]) -> Void
    ) {
        body.append(#","template":{"name":"#)
        body.appendQuoted(name)
        body.append(#","language":{"code":"#)
        body.appendQuoted(language)
        body.append("}")
        if !components.isEmpty {
            body.append(#","components":["#)
            body.appendList(components) { component, body in append(component, to: &body, quoted: quoted) }
            body.append("]")
        }
        body.append("}")
    }

    private static func append<Value>(
        _ component: ComponentParameters<Value>,
        to body: inout [UInt8],
        quoted: (Value, inout [UInt8]) -> Void
    ) {
        switch component.target {
        case .header: body.append(#"{"type":"header""#)
        case .body: body.append(#"{"type":"body""#)
        case .button(let kind, let index):
            body.append(#"{"type":"button","sub_type":"#)
            body.appendQuoted(kind.rawValue)
            body.append(#","index":"#)
            body.appendQuoted(String(index))
        }
        body.append(#","parameters":["#)
        body.appendList(component.parameters) { parameter, body in append(parameter, to: &body, quoted: quoted) }
        body.append("]}")
    }

    private static func append<Value>(
        _ parameter: TemplateParameter<Value>,
        to body: inout [UInt8],
        quoted: (Value, inout [UInt8]) -> Void
    ) {
        switch parameter {
        case .text(let value, let name):
            body.append(#"{"type":"text""#)
            if let name {
                body.append(#","parameter_name":"#)
                body.appendQuoted(name)
            }
            body.append(#","text":"#)
            quoted(value, &body)
        case .media(let kind, let address, let value, let fileName):
            body.append(#"{"type":"#)
            body.appendQuoted(kind.rawValue)
            body.append(",")
            body.appendQuoted(kind.rawValue)
            body.append(":{")
            body.appendQuoted(address.rawValue)
            body.append(":")
            quoted(value, &body)
            if let fileName {
                body.append(#","filename":"#)
                quoted(fileName, &body)
            }
            body.append("}")
        case .location(let latitude, let longitude, let name, let address):
            body.append(#"{"type":"location","location":{"latitude":"#)
            quoted(latitude, &body)
            body.append(#","longitude":"#)
            quoted(longitude, &body)
            body.append(#","name":"#)
            quoted(name, &body)
            body.append(#","address":"#)
            quoted(address, &body)
            body.append("}")
        case .payload(let value):
            body.append(#"{"type":"payload","payload":"#)
            quoted(value, &body)
        case .couponCode(let value):
            body.append(#"{"type":"coupon_code","coupon_code":"#)
            quoted(value, &body)
        case .flow(let token):
            body.append(#"{"type":"action","action":{"flow_token":"#)
            quoted(token, &body)
            body.append("}")
        }
        body.append("}")
    }
}

extension [UInt8] {
    /// Appends elements with commas between them.
    fileprivate mutating func appendList<T>(_ elements: [T], _ element: (T, inout [UInt8]) -> Void) {
        for (index, each) in elements.enumerated() {
            if index > 0 { append(",") }
            element(each, &self)
        }
    }
}
