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

    private struct Attribute {
        var column: Int
        /// The name as JSON, with the colon.
        var key: String
    }

    private let phone: Int
    private let phoneHeader: String
    private let name: Int?
    /// In the order in which JSON keeps them.
    private let attributes: [Attribute]
    private let region: Region?

    /// - Parameter row: the file's first.
    init(_ row: CSVRow, defaultRegion: Region?) throws(ImportFlaw) {
        let header: CSVHeader
        do { header = try CSVHeader(row) } catch { throw Self.looksLikeContact(row) ? .noHeader : .header(error) }
        let names = header.names.map(Self.attributeName)
        var columns: [String: Int] = [:]
        for (column, name) in names.enumerated() {
            guard let other = columns.updateValue(column, forKey: name) else { continue }
            throw .sameAttribute(name, columns: [other + 1, column + 1])
        }
        guard let phone = Self.phoneNames.lazy.compactMap({ columns[$0] }).first else {
            if Self.looksLikeContact(row) { throw .noHeader }
            throw .header(.missing(name: "phone", suggestion: Spelling.closest(to: "phone", among: header.names), found: header.names))
        }
        let name = Self.nameNames.lazy.compactMap { columns[$0] }.first
        self.phone = phone
        phoneHeader = header.names[phone]
        self.name = name
        attributes = names.enumerated().filter { $0.offset != phone && $0.offset != name }.sorted { $0.element < $1.element }
            .map { Attribute(column: $0.offset, key: JSONText.quoted($0.element) + ":") }
        region = defaultRegion
    }

    /// `First Name` → `first_name`.
    static func attributeName(_ header: String) -> String {
        String(header.lowercased().map { $0.isWhitespace ? "_" : $0 })
    }

    private static func looksLikeContact(_ row: CSVRow) -> Bool {
        (0..<row.count).contains { (try? PhoneNumber.parse(row.text($0), defaultRegion: nil)) != nil }
    }

    /// What a row says, or why it is refused.
    func read(_ row: CSVRow) -> Result<ContactRow, ImportFault.Refusal> {
        let number = Result { () throws(PhoneNumberRefusal) in
            try row.withBytes(of: phone) { bytes throws(PhoneNumberRefusal) in
                let shield = Self.isShielded(bytes) ? 1 : 0
                return try PhoneNumber.parse(utf8: UnsafeBufferPointer(rebasing: bytes[shield...]), defaultRegion: region)
            }
        }
        return number.map { ContactRow(phone: $0, name: text(of: name, in: row), attributes: attributes(of: row)) }
            .mapError { ImportFault.Refusal(fault: ImportFault(line: row.line, field: phoneHeader, reason: "\($0)")) }
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
    private func attributes(of row: CSVRow) -> String {
        var json = "{"
        for attribute in attributes {
            guard let text = text(of: attribute.column, in: row) else { continue }
            if json.utf8.count > 1 { json += "," }
            json += attribute.key
            JSONText.append(text, to: &json)
        }
        return json + "}"
    }
}

extension ImportFault {
    /// A refused row, as an error.
    struct Refusal: Error {
        let fault: ImportFault
    }
}
