import Synchronization
import WaproCore
import WaproPeople
import WaproRPC
import WaproStore

/// Answers `contact.import` and `import.*`. The file comes in pieces over the socket: the daemon opens no path that a caller names.
struct ImportHandlers: Sendable {
    let store: Store
    let changes: Changes
    let importer: Importer

    func register(_ handlers: inout Handlers) {
        handlers.on(ContactImport.self) { ask, call throws(Fault) in try await begin(ask, call) }
        handlers.on(ImportAppend.self) { ask, call throws(Fault) in try await append(ask, call) }
        handlers.on(ImportShow.self) { ask, _ throws(Fault) in
            try await store.ask { try $0.progress(of: $0.requireImport(ask.importID)) }
        }
        handlers.on(ImportFaults.self) { ask, _ throws(Fault) in try await faults(ask) }
        handlers.on(ImportList.self) { ask, _ throws(Fault) in try await list(ask) }
    }

    private func begin(_ ask: ContactImport, _ call: Call) async throws(Fault) -> ContactImport.Reply {
        if let earlier = try await changes.earlier(ask, call) { return earlier }
        let limit = importer.limits.pieceBytes
        let draft = try await refusing {
            try await importer.draft(list: ask.list, defaultRegion: ask.region, fileName: ask.fileName)
        }
        let begun = Mutex<BegunImport?>(nil)
        let reply = try await changes.make(ask, call) { transaction in
            let new = try draft.begin(transaction)
            begun.withLock { $0 = new }
            return ContactImport.Reply(importID: new.id, pieceBytes: limit, state: Open(.reading))
        }
        if let begun = begun.withLock({ $0 }), begun.id == reply.importID { await importer.open(begun) }
        return reply
    }

    /// The last piece may come twice by its place alone, every one of them with its key.
    private func append(_ ask: ImportAppend, _ call: Call) async throws(Fault) -> WaproRPC.ImportProgress {
        let piece = Piece(ask.piece, ask.data.bytes, isLast: ask.last)
        // What is kept of a call is small: the digest stands for the bytes.
        let told = ImportAppend(
            importID: ask.importID,
            piece: ask.piece,
            data: Base64(piece.digest.bytes),
            last: ask.last,
            idempotencyKey: ask.idempotencyKey
        )
        guard let keyed = KeyedCall(told, call) else {
            let record = try await refusing { try await importer.append(ask.importID, piece) }
            return try await store.ask { try $0.progress(of: record) }
        }
        if let earlier = try await store.ask({ try keyed.earlier($0) }) { return earlier }
        let record = try await refusing {
            try await importer.append(ask.importID, piece) { transaction, record in
                guard try keyed.earlier(transaction) == nil else { return }
                try keyed.keep(try transaction.progress(of: record), transaction)
            }
        }
        return try await store.ask { try $0.progress(of: record) }
    }

    private func faults(_ ask: ImportFaults) async throws(Fault) -> Page<WaproRPC.ImportFault> {
        let limit = ask.limit ?? 100
        let after = try ask.place() ?? 0
        return try await store.ask { snapshot in
            _ = try snapshot.requireImport(ask.importID)
            let found = try snapshot.importFaults(ask.importID, after: after, limit: limit)
            let items = found.map { WaproRPC.ImportFault(line: Int64($0.line), field: $0.field, reason: $0.reason) }
            return Page(items: items, next: found.count == limit ? found.last.map { String($0.line) } : nil)
        }
    }

    private func list(_ ask: ImportList) async throws(Fault) -> Page<WaproRPC.ImportProgress> {
        let limit = ask.limit ?? 100
        let after = try ask.place()
        return try await store.ask { snapshot in
            let found = try snapshot.contactImports(before: after, limit: limit)
            return Page(
                items: try found.map { try snapshot.progress(of: $0) },
                next: found.count == limit ? found.last?.id.description : nil
            )
        }
    }

    private func refusing<Value>(_ body: () async throws -> Value) async throws(Fault) -> Value {
        do {
            return try await body()
        } catch let refusal as ImportRefusal {
            throw Fault(refusal)
        } catch {
            throw Fault(storing: error)
        }
    }
}

extension Snapshot {
    func requireImport(_ id: ImportID) throws -> ImportRecord {
        guard let record = try contactImport(id) else { throw Fault.notFound("import", id.description, field: "import") }
        return record
    }

    func progress(of record: ImportRecord) throws -> WaproRPC.ImportProgress {
        WaproRPC.ImportProgress(
            importID: record.id,
            state: Open(WaproRPC.ImportState(record.state)),
            fileName: record.fileName,
            list: try record.list.flatMap { try listName($0) },
            startedAt: record.createdAt,
            lines: Int64(record.lines),
            created: Int64(record.created),
            updated: Int64(record.updated),
            unchanged: Int64(record.unchanged),
            refused: Int64(record.refused),
            reason: record.reason
        )
    }
}

extension WaproRPC.ImportState {
    init(_ state: WaproStore.ImportState) {
        switch state {
        case .reading: self = .reading
        case .done: self = .done
        case .failed: self = .failed
        }
    }
}

extension Fault {
    init(_ refusal: ImportRefusal) {
        let kind: Kind =
            switch refusal {
            case .unknown: .notFound
            case .finished: .importFinished
            case .outOfOrder: .pieceOutOfOrder
            case .otherPiece: .conflict
            case .pieceTooLarge: .pieceTooLarge
            case .tooManyOpen: .tooManyImports
            }
        let words = "\(refusal)"
        self.init(kind, words.prefix(1).uppercased() + words.dropFirst() + ".")
    }
}
