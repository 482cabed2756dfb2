public import WaproCore
public import WaproStore

/// Imports contacts from CSV files that come in pieces.
///
/// Rows are written as they come, a hundred a commit and behind all other work. An answer to a piece means that its rows are on disk
/// (promise P4). Errors are `ImportRefusal`, or the store's `StoreFailure`, after which the same piece may be sent again.
public actor Importer {
    private let store: Store
    private let clock: WallClock
    public nonisolated let limits: ImportLimits
    private var open: [ImportID: OpenImport] = [:]

    public init(store: Store, limits: ImportLimits = ImportLimits(), clock: WallClock = .live) {
        (self.store, self.limits, self.clock) = (store, limits, clock)
    }

    /// Ends imports that an earlier process left half-read: its place in the file is gone. To be called once, at start.
    public func abandonEarlier() async throws {
        try await store.write(.control) { transaction in
            try transaction.abandonImports(
                reason: "waprod stopped while the file was being read; rows before that are imported, import the file again"
            )
        }
    }

    /// Begins an import; its pieces follow with `append`.
    ///
    /// - Parameters:
    ///   - list: a list to put everybody on, made when it is new.
    ///   - defaultRegion: the country of numbers that are written in national form.
    ///   - fileName: for people only; nothing is opened.
    public func begin(list: String?, defaultRegion: Region?, fileName: String?) async throws -> ImportID {
        let draft = try await draft(list: list, defaultRegion: defaultRegion, fileName: fileName)
        let begun = try await store.write(.control) { try draft.begin($0) }
        open(begun)
        return begun.id
    }

    /// What an import would be, when there is room for it. Nothing is written: the caller does that with `ImportDraft.begin`, in a commit of its own,
    /// and tells the importer with `open`.
    public func draft(list: String?, defaultRegion: Region?, fileName: String?) async throws -> ImportDraft {
        try await closeIdle()
        guard open.count < limits.openImports else { throw ImportRefusal.tooManyOpen(limit: limits.openImports) }
        return ImportDraft(list: list, region: defaultRegion, fileName: fileName)
    }

    /// From now on an import that was begun takes pieces.
    public func open(_ begun: BegunImport) {
        open[begun.id] = OpenImport(id: begun.id, list: begun.list, file: ImportFile(defaultRegion: begun.region), at: clock.now())
    }

    /// Takes in a piece of the file.
    ///
    /// The piece that was taken last may be repeated, which changes nothing and answers the same.
    /// - Parameter noting: joins the commit that marks the piece as taken, and one of its own when the piece was taken before.
    /// - Returns: the import with this piece's rows; its state is `failed`, with the reason, when the file cannot be read.
    public func append(_ id: ImportID, _ piece: Piece, noting: Noting? = nil) async throws -> ImportRecord {
        guard let file = open[id] else {
            // Not open any more: only the repeat of its last piece has an answer.
            let record = try await record(of: id)
            guard piece.index == record.pieces - 1 else { throw ImportRefusal.finished(id) }
            return try await repeated(piece, of: record, noting)
        }
        await file.takeTurn()
        defer { file.endTurn() }
        let record = try await record(of: id)
        if piece.index == record.pieces - 1 { return try await repeated(piece, of: record, noting) }
        guard record.state == .reading else { throw ImportRefusal.finished(id) }
        guard piece.index == record.pieces else { throw ImportRefusal.outOfOrder(expected: record.pieces, got: piece.index) }
        let size = piece.bytes.count
        guard size <= limits.pieceBytes else { throw ImportRefusal.pieceTooLarge(bytes: size, limit: limits.pieceBytes) }
        file.touchedAt = clock.now()
        return try await take(piece, into: file, noting)
    }

    /// What is written down beside the import when a piece of it has been taken.
    public typealias Noting = @Sendable (Transaction, ImportRecord) throws -> Void

    private func take(_ piece: Piece, into open: OpenImport, _ noting: Noting?) async throws -> ImportRecord {
        if let begun = open.begunPiece, begun.index == piece.index {
            guard begun.digest == piece.digest else { throw ImportRefusal.otherPiece(piece.index) }
        } else {
            open.begunPiece = (piece.index, piece.digest)
            open.bytes += piece.bytes.count
            open.file.append(piece.bytes, isLast: piece.isLast)
        }
        var flaw: ImportFlaw?
        if open.bytes > limits.fileBytes { flaw = .tooLarge(limit: limits.fileBytes) }
        if flaw == nil { flaw = try await write(open) }
        return try await finish(piece, of: open.id, flaw, noting)
    }

    /// Marks the piece as taken, and the import as ended when it has.
    private func finish(_ piece: Piece, of id: ImportID, _ flaw: ImportFlaw?, _ noting: Noting?) async throws -> ImportRecord {
        let (index, digest, isLast) = (piece.index, piece.digest, piece.isLast)
        let record = try await store.write(.control) { transaction in
            try transaction.finishPiece(index, digest, of: id)
            if let flaw {
                try transaction.finishImport(id, as: .failed, reason: "\(flaw)")
            } else if isLast {
                try transaction.finishImport(id, as: .done)
            }
            guard let record = try transaction.contactImport(id) else { throw ImportRefusal.unknown(id) }
            try noting?(transaction, record)
            return record
        }
        if record.state != .reading { self.open[id] = nil }
        return record
    }

    /// The answer to the piece that was taken last, when it is that one and not another in its place.
    private func repeated(_ piece: Piece, of record: ImportRecord, _ noting: Noting?) async throws -> ImportRecord {
        if let last = record.lastPiece, last != piece.digest { throw ImportRefusal.otherPiece(piece.index) }
        if let noting { try await store.write(.control) { try noting($0, record) } }
        return record
    }

    private func record(of id: ImportID) async throws -> ImportRecord {
        guard let record = try await store.read({ try $0.contactImport(id) }) else { throw ImportRefusal.unknown(id) }
        return record
    }

    /// Ends imports whose sender has gone quiet, so that their places are free.
    private func closeIdle() async throws {
        let cutoff = clock.now().advanced(by: .zero - limits.idle)
        for (id, file) in open where file.isIdle && file.touchedAt < cutoff {
            open[id] = nil
            try await store.write(.control) { transaction in
                try transaction.finishImport(
                    id,
                    as: .failed,
                    reason: "no further piece came; rows before that are imported, import the file again"
                )
            }
        }
    }
}

extension Importer {
    /// Writes what is complete of the file, several commits at once, in the order of its rows.
    ///
    /// Chunks whose commit failed stay with the import; the next try writes them first.
    /// - Returns: why the file cannot be read further, when it cannot.
    private func write(_ open: OpenImport) async throws -> ImportFlaw? {
        let retried = open.unwritten
        open.unwritten = []
        var queue = retried[...]
        var flaw: ImportFlaw?
        var failure: (any Error)?
        var underWay = 0
        let landing = Landing()
        while true {
            while failure == nil, flaw == nil, underWay < ImportLimits.commits {
                guard let chunk = queue.popFirst() ?? next(of: open, &flaw) else { break }
                submit(chunk, of: open) { landing.put(chunk, $0) }
                underWay += 1
            }
            guard underWay > 0 else { break }
            let (chunk, error) = await landing.next()
            underWay -= 1
            guard let error else { continue }
            failure = failure ?? error
            open.unwritten.append(chunk)
        }
        open.unwritten += queue
        if let failure { throw failure }
        return flaw
    }

    /// The next chunk of the file; nil when it needs more bytes, has ended, or cannot be read.
    private func next(of open: OpenImport, _ flaw: inout ImportFlaw?) -> ImportChunk? {
        do throws(ImportFlaw) {
            return try open.file.next()
        } catch {
            flaw = error
            return nil
        }
    }

    private func submit(_ chunk: ImportChunk, of open: OpenImport, done: @escaping @Sendable ((any Error)?) -> Void) {
        let (id, list, keep) = (open.id, open.list, limits.faults)
        store.submit(.background) { transaction in
            var progress = try transaction.upsert(chunk.rows, addingTo: list)
            progress.refused = chunk.faults.count
            progress.lines += chunk.faults.count
            try transaction.note(progress, faults: chunk.faults, of: id, keepingFaults: keep)
        } done: { result in
            switch result {
            case .success: done(nil)
            case .failure(let error): done(error)
            }
        }
    }
}
