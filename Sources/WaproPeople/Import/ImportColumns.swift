import WaproCore
import WaproStore

/// Which column of a file is what: one is the phone number, one may be the name, every other is an attribute.
struct ImportColumns: Sendable {
    /// Names under which people keep telephone numbers, the surest first; as attributes are named.
    static let phoneNames = [
        "phone", "phone_number", "whatsapp", "whatsapp_number", "mobile", "mobile_number", "mobile_phone", "cell", "cell_phone", "msisdn",
        "wa_id",
        "number", "telephone", "tel", "telefon", "telefonnummer", "handy", "handynummer", "mobil", "rufnummer", "telefono", "teléfono",
        "celular",
        "telefone", "téléphone", "phonenumber",
    ]
    static let nameNames = ["name", "full_name", "fullname", "contact_name", "display_name"]

    /// The column of our exports that holds all attributes of a person, as one JSON object of texts. So written, not `Attributes`: a column of
    /// somebody else's may well have that name.
    static let bagName = "attributes"
    /// What our exports say of a person besides, and no file can set.
    private static let ours: Set = ["id", "wa_id", "user_id", "profile_name", "lists", "created_at", "updated_at", "last_inbound_at"]

    private struct Attribute {
        var column: Int
        var name: String
        /// The name as JSON, with the colon.
        var key: String
    }

    private let phone: Int
    private let phoneHeader: String
    private let name: Int?
    /// In the order in which JSON keeps them.
    private let attributes: [Attribute]
    /// Where attributes are JSON.
    private let bag: Int?
    /// The contact's identifier, in a file that `contact list` exported: with it and `attributes` in the header it is taken for one.
    private let id: Int?
    private let region: Region?

    /// - Parameter row: the file's first.
    init(_ row: CSVRow, defaultRegion: Region?) throws(ImportFlaw) {
        let header: CSVHeader
        do { header = try CSVHeader(row) } catch { throw Self.looksLikeContact(row) ? .noHeader : .header(error) }
        let bag = header.names.firstIndex(of: Self.bagName)
        let id = bag == nil ? nil : header.names.firstIndex(of: "id")
        let names = header.names.map(Self.attributeName)
        let columns = try Self.places(names.enumerated().map { ($0, $1) })
        guard let phone = Self.phoneNames.lazy.compactMap({ columns[$0] }).first else {
            if Self.looksLikeContact(row) { throw .noHeader }
            throw .header(.missing(name: "phone", suggestion: Spelling.closest(to: "phone", among: header.names), found: header.names))
        }
        let name = Self.nameNames.lazy.compactMap { columns[$0] }.first
        self.phone = phone
        phoneHeader = header.names[phone]
        (self.name, self.bag, self.id) = (name, bag, id)
        let others = names.enumerated().filter { column, text in
            ![phone, name, bag].contains(column) && (id == nil || !Self.ours.contains(header.names[column]))
        }
        let attributes = others.map { ($0.offset, Self.withoutBag($0.element)) }
        _ = try Self.places(attributes)
        self.attributes = attributes.sorted { $0.1 < $1.1 }.map { Attribute(column: $0, name: $1, key: JSONText.quoted($1) + ":") }
        region = defaultRegion
    }

    private static func places(_ names: some Sequence<(Int, String)>) throws(ImportFlaw) -> [String: Int] {
        var places: [String: Int] = [:]
        for (column, name) in names {
            guard let other = places.updateValue(column, forKey: name) else { continue }
            throw .sameAttribute(name, columns: [other + 1, column + 1])
        }
        return places
    }

    /// `First Name` → `first_name`.
    static func attributeName(_ header: String) -> String {
        String(header.lowercased().map { $0.isWhitespace ? "_" : $0 })
    }

    /// `attributes.city` → `city`: so a column is named that `contact list --fields attributes.city` exported.
    private static func withoutBag(_ name: String) -> String {
        let prefix = bagName + "."
        return name.hasPrefix(prefix) && name != prefix ? String(name.dropFirst(prefix.count)) : name
    }

    private static func looksLikeContact(_ row: CSVRow) -> Bool {
        (0..<row.count).contains { (try? PhoneNumber.parse(row.text($0), defaultRegion: nil)) != nil }
    }

    /// What a row says, or why it is refused.
    func read(_ row: CSVRow) -> Result<ContactRow, ImportFault.Refusal> {
        Result { () throws(ImportFault.Refusal) in
            if let id, let text = text(of: id, in: row), ContactID(text) == nil {
                throw refusal(row, "id", "no contact's id, but a file with columns id and attributes is read as an export; rename one")
            }
            return ContactRow(phone: try number(of: row), name: text(of: name, in: row), attributes: try attributes(of: row))
        }
    }

    private func number(of row: CSVRow) throws(ImportFault.Refusal) -> PhoneNumber {
        do throws(PhoneNumberRefusal) {
            return try row.withBytes(of: phone) { bytes throws(PhoneNumberRefusal) in
                let shield = Self.isShielded(bytes) ? 1 : 0
                return try PhoneNumber.parse(utf8: UnsafeBufferPointer(rebasing: bytes[shield...]), defaultRegion: region)
            }
        } catch {
            throw refusal(row, phoneHeader, "\(error)")
        }
    }

    private func refusal(_ row: CSVRow, _ field: String, _ reason: String) -> ImportFault.Refusal {
        ImportFault.Refusal(fault: ImportFault(line: row.line, field: field, reason: reason))
    }

    private func text(of column: Int?, in row: CSVRow) -> String? {
        guard let column, !row.isEmpty(column) else { return nil }
        let text = row.trimmed(column)
        if text.utf8.first == Self.apostrophe, Self.isShielded(text.utf8.prefix(4)) { return String(text.dropFirst()) }
        return text.isEmpty ? nil : text
    }

    private static let apostrophe = UInt8(ascii: "'")

    /// An apostrophe keeps a spreadsheet from calculating what follows it; our own exports have it, and it is no part of the text.
    private static func isShielded(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.first == apostrophe, let next = bytes.dropFirst().first else { return false }
        if next < 0x80 { return "=+-@\t\r\n'".utf8.contains(next) }
        return ["＝", "＋", "－", "＠"].contains { bytes.dropFirst().starts(with: $0.utf8) }
    }

    /// As `Attributes.encode` writes it; an empty field gives no attribute, so that it does not erase a stored one.
    private func attributes(of row: CSVRow) throws(ImportFault.Refusal) -> String {
        if let bag, let text = text(of: bag, in: row) { return try attributes(of: row, and: text) }
        var json = "{"
        for attribute in attributes {
            guard let text = text(of: attribute.column, in: row) else { continue }
            if json.utf8.count > 1 { json += "," }
            json += attribute.key
            JSONText.append(text, to: &json)
        }
        return json + "}"
    }

    /// What has a column of its own counts more than what is in the JSON.
    private func attributes(of row: CSVRow, and json: String) throws(ImportFault.Refusal) -> String {
        guard let texts = try? Attributes.decode(json) else {
            throw refusal(row, Self.bagName, #"this is not a JSON object of texts such as {"city":"Köln"}"#)
        }
        var all: [String: String] = [:]
        for (name, text) in texts where !text.isEmpty {
            let name = Self.attributeName(name)
            guard !name.isEmpty, all.updateValue(text, forKey: name) == nil else {
                throw refusal(row, Self.bagName, "an attribute in it has no name, or two have the same")
            }
        }
        for attribute in attributes { if let text = text(of: attribute.column, in: row) { all[attribute.name] = text } }
        let members = all.sorted { $0.key < $1.key }.map { JSONText.quoted($0.key) + ":" + JSONText.quoted($0.value) }
        return "{" + members.joined(separator: ",") + "}"
    }
}

extension ImportFault {
    /// A refused row, as an error.
    struct Refusal: Error {
        let fault: ImportFault
    }
}
