import WaproCore
import WaproRPC
import WaproWire

/// `waproctl contact import FILE`: reads the file here, and sends it in pieces.
struct Import: ByHand {
    let file: String
    let list: String?
    let defaultRegion: String?
    let idempotencyKey: String?

    static let name = "contact import"
    static let doc = Doc(
        "Import contacts from a CSV file.",
        details: """
            The first line names the columns; one of them must be phone. Bad rows are listed, the others are imported. The file is sent in \
            pieces; --timeout is the time for each of them.
            """
    )
    static var method: (any Method.Type)? { ContactImport.self }
    static let shape = Shape(
        Self.init,
        Field("file", \.file, "The CSV file; - is standard input."),
        Field("list", \.list, "List to put the contacts on; made when it is new."),
        Field("default_region", \.defaultRegion, "Country (ISO 3166, two letters) of numbers in national form."),
        Field("idempotency_key", \.idempotencyKey, "Repeats an import that was interrupted, under the key that it named.")
    )

    /// Refused rows that are printed; `import faults` lists them all.
    private static let faultsShown = 20
    /// How often -v says how far it is where no terminal shows it.
    private static let betweenLines = Duration.seconds(10)

    func run(_ globals: Globals) async throws {
        let outside = Surroundings.current
        let printer = try Printer(globals, ImportProgress.wireType)
        let reader = try outside.read(file)
        let key = idempotencyKey ?? outside.key()
        let name = file == "-" ? nil : file.split(separator: "/").last.map(String.init)
        let begin = ContactImport(list: list, defaultRegion: defaultRegion, fileName: name, idempotencyKey: key)
        try await globals.connect { client in
            let progress: ImportProgress
            do {
                progress = try await send(reader, begin, client, globals, outside)
            } catch let failure as CallFailure {
                throw Ending(failure, key: key)
            }
            let hasFailed = progress.state.known == .failed
            var faults = Page<ImportFault>(items: [])
            if printer.hasView, progress.refused > 0 {
                // The import is done, whether they can be had now or not.
                let page = try? await globals.call(ImportFaults(importID: progress.importID, limit: Self.faultsShown), on: client)
                faults = page ?? faults
            }
            if !globals.quiet || progress.refused > 0 || hasFailed {
                try printer.print(progress.json, as: ImportProgress.self) { Self.summary($0, faults) }
            }
            if hasFailed {
                throw Ending(Ending.badData, progress.reason ?? "The import failed.")
            }
        }
    }

    private func send(
        _ reader: PieceReader,
        _ begin: ContactImport,
        _ client: Client<LineClient>,
        _ globals: Globals,
        _ outside: Surroundings
    ) async throws -> ImportProgress {
        let started = try await globals.call(begin, on: client)
        let show = Advice.command("import show", started.importID.description)
        outside.onInterrupt(
            "\nThe rest of the file was not sent; \(show) says how far it came. Import the file again: who is there already stays as they are.\n"
        )
        var told = outside.now()
        var piece = try reader.next(started.pieceBytes)
        var index = 0
        while true {
            // Whether a piece is the last one shows only when the next one is empty.
            let next = piece.isEmpty ? [] : try reader.next(started.pieceBytes)
            // Under the same key it is the same import, so this names the same piece of it when the command is repeated.
            let key = "\(started.importID).\(index)"
            let progress = try await globals.call(
                ImportAppend(importID: started.importID, piece: index, data: Base64(piece), last: next.isEmpty, idempotencyKey: key),
                on: client
            )
            if let line = outside.progress {
                line.show(Self.counts(progress))
            } else if globals.verbose, told.duration(to: outside.now()) >= Self.betweenLines {
                outside.complain("\(Self.counts(progress))\n")
                told = outside.now()
            }
            if next.isEmpty || progress.state.known == .failed { return progress }
            (piece, index) = (next, index + 1)
        }
    }

    private static func counts(_ progress: ImportProgress) -> TerminalText {
        "\(Human.plural(progress.lines, "line")): \(Human.count(progress.created)) new, \(Human.count(progress.updated)) updated, \(Human.count(progress.unchanged)) unchanged, \(Human.count(progress.refused)) refused"
    }

    static func summary(_ progress: ImportProgress, _ faults: Page<ImportFault>) -> [TerminalText] {
        var lines = ["\(counts(progress))" as TerminalText]
        for fault in faults.items {
            lines.append("  line \(fault.line)\(fault.field.map { ", \($0)" } ?? ""): \(fault.reason)")
        }
        if progress.refused > Int64(faults.items.count) {
            lines.append("  … all of them: \(Advice.command("import faults", progress.importID.description))")
        }
        return lines
    }
}
