public import WaproCore
public import WaproStore

/// An import that may begin.
public struct ImportDraft: Sendable {
    let list: String?
    let region: Region?
    let fileName: String?

    /// Writes it down, in the caller's commit.
    public func begin(_ transaction: Transaction) throws -> BegunImport {
        let list = try list.map { try transaction.makeList(named: $0) }
        let id = try transaction.beginImport(list: list, defaultRegion: region?.description, fileName: fileName)
        return BegunImport(id: id, list: list, region: region)
    }
}

/// An import that is written down.
public struct BegunImport: Sendable {
    public let id: ImportID
    let list: ListID?
    let region: Region?
}
