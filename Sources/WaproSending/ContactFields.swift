import WaproCloud
public import WaproCore

/// What a template's holes may ask of a contact: `name`, `phone`, and every attribute.
public struct ContactFields: Sendable {
    private let name: String?
    private let phone: PhoneNumber?
    private let attributes: [String: String]

    public init(name: String?, phone: PhoneNumber?, attributes: [String: String]) {
        (self.name, self.phone, self.attributes) = (name, phone, attributes)
    }

    /// - Parameter attributes: JSON, as the store keeps it; read only when it is not empty.
    init(name: String?, phone: PhoneNumber?, stored attributes: String) {
        self.init(name: name, phone: phone, attributes: attributes == "{}" ? [:] : [String: String](json: attributes) ?? [:])
    }

    public subscript(field: String) -> String? {
        if let value = attributes[field] { return value }
        switch field {
        case "name": return name
        case "phone": return phone?.e164
        default: return nil
        }
    }
}
