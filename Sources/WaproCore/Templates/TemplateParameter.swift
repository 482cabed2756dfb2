/// The parameters of one component of a template that is sent, in the shape of Meta's `components[]`.
///
/// `Value` is what stands in the places of the values: a `PlannedValue` in a plan, text in a filled template.
public struct ComponentParameters<Value: Sendable & Hashable>: Sendable, Hashable {
    public let target: ComponentTarget
    public let parameters: [TemplateParameter<Value>]

    public init(target: ComponentTarget, parameters: [TemplateParameter<Value>]) {
        (self.target, self.parameters) = (target, parameters)
    }

    /// The same component with other values. A parameter whose value becomes nil is left out, and so is an optional file name;
    /// nil when no parameter is left, because Meta wants such a component left out as well.
    func compactMap<Other>(_ value: (Value) -> Other?) -> ComponentParameters<Other>? {
        let parameters = parameters.compactMap { $0.compactMap(value) }
        return parameters.isEmpty ? nil : ComponentParameters<Other>(target: target, parameters: parameters)
    }
}

/// Which component parameters are for: `type`, `sub_type` and `index` of Meta's JSON.
public enum ComponentTarget: Sendable, Hashable {
    case header
    case body
    /// `index` counts from 0 over all buttons of the template.
    case button(ButtonSubType, index: Int)

    /// `sub_type`, as Meta spells it.
    public enum ButtonSubType: String, Sendable, Hashable {
        case quickReply = "quick_reply"
        case url
        case copyCode = "copy_code"
        case flow
    }
}

/// One parameter, in the shape of an element of Meta's `parameters[]`.
public enum TemplateParameter<Value: Sendable & Hashable>: Sendable, Hashable {
    /// `{type:"text", text, parameter_name?}`
    case text(Value, name: String?)
    /// `{type:"image", image:{link|id, filename?}}`. `value` is the whole link, or the id without `id:`.
    case media(MediaKind, MediaAddress, Value, fileName: Value?)
    /// `{type:"location", location:{latitude, longitude, name, address}}`, all as text.
    case location(latitude: Value, longitude: Value, name: Value, address: Value)
    /// `{type:"payload", payload}`
    case payload(Value)
    /// `{type:"coupon_code", coupon_code}`
    case couponCode(Value)
    /// `{type:"action", action:{flow_token}}`
    case flow(token: Value)

    func compactMap<Other>(_ convert: (Value) -> Other?) -> TemplateParameter<Other>? {
        switch self {
        case .text(let value, let name): convert(value).map { .text($0, name: name) }
        case .media(let kind, let address, let value, let fileName):
            convert(value).map { .media(kind, address, $0, fileName: fileName.flatMap(convert)) }
        case .location(let latitude, let longitude, let name, let address):
            if let latitude = convert(latitude), let longitude = convert(longitude), let name = convert(name),
                let address = convert(address)
            {
                .location(latitude: latitude, longitude: longitude, name: name, address: address)
            } else {
                nil
            }
        case .payload(let value): convert(value).map { .payload($0) }
        case .couponCode(let value): convert(value).map { .couponCode($0) }
        case .flow(let token): convert(token).map { .flow(token: $0) }
        }
    }

    /// Every value in it, in the order of the keys that they have.
    public var values: [Value] {
        switch self {
        case .text(let value, _), .payload(let value), .couponCode(let value), .flow(let value): [value]
        case .media(_, _, let value, let fileName): [value] + (fileName.map { [$0] } ?? [])
        case .location(let latitude, let longitude, let name, let address): [latitude, longitude, name, address]
        }
    }
}

/// What a media parameter is: Meta's word for its type and for the key of its object.
public enum MediaKind: String, Sendable, Hashable {
    case image
    case video
    case document
}

/// How a media parameter says which media: Meta's key in its object.
public enum MediaAddress: String, Sendable, Hashable {
    case link
    case id
}
