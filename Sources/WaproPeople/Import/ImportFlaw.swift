import WaproCore

/// Why a file cannot be imported, or no further. One clear sentence for whoever sent it.
enum ImportFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    case unreadable(CSVRefusal)
    case header(CSVHeaderRefusal)
    case unreadableHeader(CSVFault)
    /// The first line has a telephone number in it, so it is a contact.
    case noHeader
    /// Two columns would become the same attribute.
    case sameAttribute(String, columns: [Int])
    case tooLarge(limit: Int)

    var description: String {
        switch self {
        case .unreadable(let refusal): "\(refusal)"
        case .header(let refusal): "\(refusal)"
        case .unreadableHeader(let fault): "the first line has to name the columns, but \(fault.words)"
        case .noHeader:
            "the first line has to name the columns (such as phone,name), but it is a contact already; put such a line before it"
        case .sameAttribute(let name, let columns):
            "columns \(columns.map { "\($0)" }.joined(separator: " and ")) would both become the attribute \"\(name)\"; rename one of them"
        case .tooLarge(let limit): "the file is larger than \(limit) bytes; split it"
        }
    }
}
