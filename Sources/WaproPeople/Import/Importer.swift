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
    ///   - defaultRegion: ISO 3166 code of the country of numbers that are written in national form.
    ///   - fileName: for people only; nothing is opened.
    public func begin(list: String?, defaultRegion: String?, fileName: String?) async throws -> ImportID {
        let draft = try await draft(list: list, defaultRegion: defaultRegion, fileName: fileName)
        let begun = try await store.write(.control) { try draft.begin($0) }
        open(begun)
        return begun.id
    }

    /// What an import would be, when there is room for it. Nothing is written: the caller does that with `ImportDraft.begin`, in a commit of its own,
    /// and tells the importer with `open`.
    public func draft(list: String?, defaultRegion: String?, fileName: String?) async throws -> ImportDraft {
        let region = defaultRegion.flatMap { Region($0) }
        if let defaultRegion, region == nil { throw ImportRefusal.unknownRegion(defaultRegion) }
        try await closeIdle()
        guard open.count < limits.openImports else { throw ImportRefusal.tooManyOpen(limit: limits.openImports) }
        return ImportDraft(list: list, region: region, fileName: fileName)
    }

    /// From now on an import that was begun takes pieces.
    public func open(_ begun: BegunImport) {
        open[begun.id] = OpenImport(id: begun.id, list: begun.list, file: ImportFile(defaultRegion: begun.region), at: clock.now())
    }

    /// Takes in a piece of the file.
    ///
    /// The piece that was taken last may be repeated, which changes nothing and answers the same.
    /// - Parameters:
    ///   - piece: its place in the file, from 0.
    ///   - isLast: the file ends with it. It may be empty.
    /// - Returns: the import with this piece's rows; its state is `failed`, with the reason, when the file cannot be read.
    public func append(_ id: ImportID, piece: Int, _ bytes: [UInt8], isLast: Bool) async throws -> ImportRecord {
        guard let file = open[id] else { return try await repeated(id, piece) }
        await file.takeTurn()
        defer { file.endTurn() }
        let record = try await record(of: id)
        if piece == record.pieces - 1 { return record }
        guard record.state == .reading else { throw ImportRefusal.finished(id) }
        guard piece == record.pieces else { throw ImportRefusal.outOfOrder(expected: record.pieces, got: piece) }
        guard bytes.count <= limits.pieceBytes else { throw ImportRefusal.pieceTooLarge(bytes: bytes.count, limit: limits.pieceBytes) }
        file.touchedAt = clock.now()
        return try await take(bytes, piece: piece, isLast: isLast, into: file)
    }

    private func take(_ bytes: [UInt8], piece: Int, isLast: Bool, into open: OpenImport) async throws -> ImportRecord {
        if open.begunPiece != piece {
            open.begunPiece = piece
            open.isLast = isLast
            open.bytes += bytes.count
            open.file.append(bytes, isLast: isLast)
        }
        var flaw: ImportFlaw?
        if open.bytes > limits.fileBytes { flaw = .tooLarge(limit: limits.fileBytes) }
        if flaw == nil { flaw = try await write(open) }
        return try await finish(open, piece: piece, flaw)
    }

    /// Marks the piece as taken, and the import as ended when it has.
    private func finish(_ open: OpenImport, piece: Int, _ flaw: ImportFlaw?) async throws -> ImportRecord {
        let (id, isLast) = (open.id, open.isLast)
        let record = try await store.write(.control) { transaction in
            try transaction.finishPiece(piece, of: id)
            if let flaw {
                try transaction.finishImport(id, as: .failed, reason: "\(flaw)")
            } else if isLast {
                try transaction.finishImport(id, as: .done)
            }
            return try transaction.contactImport(id)
        }
        guard let record else { throw ImportRefusal.unknown(id) }
        if record.state != .reading { self.open[id] = nil }
        return record
    }

    /// An import that is not open any more: only the repeat of its last piece has an answer.
    private func repeated(_ id: ImportID, _ piece: Int) async throws -> ImportRecord {
        let record = try await record(of: id)
        guard piece == record.pieces - 1 else { throw ImportRefusal.finished(id) }
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
