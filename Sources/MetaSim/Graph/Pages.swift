/// Pages by cursor, as Graph's lists have them.
struct Pages {
    let request: HTTPRequest
    /// Whose list it is: a cursor of another list does not fit.
    let owner: String

    /// `limit`, 25 without one.
    func limit(atMost largest: Int) throws(GraphError) -> Int {
        guard let text = request.query("limit") else { return 25 }
        guard let value = Int(text), value > 0 else {
            throw GraphError(status: 400, code: 100, message: "(#100) Param limit must be a positive integer")
        }
        return min(value, largest)
    }

    /// The position that a cursor stands for.
    func position(_ cursor: String) throws(GraphError) -> Int {
        guard let bytes = Wamid.decode(cursor[...]) else { throw .code(131_059) }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":")
        guard parts.count == 3, parts[0] == "QVFI", parts[1] == owner, let position = Int(parts[2]), position >= 0 else {
            throw .code(131_059)
        }
        return position
    }

    /// `paging`: the cursors of this page, and links to its neighbours where there are any.
    func paging(before: Int, after: Int, previous: Int?, next: Int?, limit: Int) -> JSON {
        var paging: JSON = ["cursors": ["before": .string(cursor(before)), "after": .string(cursor(after))]]
        if let previous { paging = paging.replacing("previous", with: .string(link("before", previous, limit))) }
        if let next { paging = paging.replacing("next", with: .string(link("after", next, limit))) }
        return paging
    }

    private func cursor(_ position: Int) -> String {
        Wamid.base64(Array("QVFI:\(owner):\(position)".utf8)).filter { $0 != "=" }
    }

    private func link(_ direction: String, _ position: Int, _ limit: Int) -> String {
        let kept = request.query.filter { !["after", "before", "limit", "access_token"].contains($0.name) }
        let query =
            kept.map { $0.name + "=" + Self.escaped($0.value) } + ["limit=\(limit)", direction + "=" + Self.escaped(cursor(position))]
        return request.origin + "/" + request.path.joined(separator: "/") + "?" + query.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Unicode.Scalar(byte)
            let isPlain =
                byte < 0x80
                && (character.properties.isAlphabetic || (0x30...0x39).contains(byte) || "-._~".unicodeScalars.contains(character))
            return isPlain ? String(Character(character)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
