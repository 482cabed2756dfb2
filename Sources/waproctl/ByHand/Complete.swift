import WaproCore
import WaproRPC

/// What the last word of a command line may become, a line each. For shells: `waproctl __complete -- WORD…`, or as bash has the line.
struct Complete: ByHand {
    let line: String?
    let breaks: String?
    let words: [String]

    static let name = "__complete"
    static let doc = Doc("Say what the last word may become.")
    static let shape = Shape(
        Self.init,
        Field("line", \.line, "Instead of the words: the line that bash has up to the cursor, as it is written there."),
        Field("breaks", \.breaks, "Where bash breaks words."),
        Field("words", \.words, "The words so far, without waproctl.")
    )

    /// Nobody waits longer for a name, unless they say so.
    private static let patience = Duration.milliseconds(200)

    func run(_ globals: Globals) async throws {
        let written = line.map { ShellLine($0, breaks: breaks ?? "") }
        if let written, written.isRedirection { return }
        let words = written?.words ?? self.words
        let typed = words.last ?? ""
        let found = await candidates(Unfinished(words.dropLast()), typed, globals)
        // What cannot be shown as it is would not be what it says.
        let shown = found.filter { $0.hasPrefix(typed) && TerminalText(outside: $0).string == $0 }
        Surroundings.current.printLines(shown.compactMap { word in written.map { $0.replacement(word) } ?? word }.map { "\($0)" })
    }

    private func candidates(_ before: Unfinished, _ typed: String, _ globals: Globals) async -> [String] {
        if let field = before.open { return await values(of: field, typed, before, globals) }
        if !before.optionsEnded, typed == "-" || Words.isOption(typed) { return await options(typed, before, globals) }
        switch before.place {
        case .noun: return (Commands.nouns.map(\.noun) + Commands.shown.map(\.name) + (before.wantsHelp ? [] : ["help"]))
        case .verb(let noun):
            let verbs = Commands.verbs(of: noun).map { $0.words[1] }
            // The word call may be left out.
            return noun == RawCall.noun && !typed.isEmpty ? verbs + Self.methods : verbs
        case .argument where !before.wantsHelp:
            guard let field = before.argument else { return [] }
            return await values(of: field, typed, before, globals)
        case .argument, .nowhere: return []
        }
    }

    private func options(_ typed: String, _ before: Unfinished, _ globals: Globals) async -> [String] {
        let fields = before.fields.filter { !Words.isPositional($0) } + Globals.shape.fields
        let parts = Words.pair(typed)
        if parts.count == 2 {
            let name = Globals.letters[parts[0]] ?? parts[0]
            guard let field = fields.first(where: { $0.option == name }) else { return [] }
            return await values(of: field, parts[1], before, globals).map { "\(parts[0])=\($0)" }
        }
        let general = if case .noun = before.place { ["--help", "--version"] } else { ["--help"] }
        return fields.map(\.option) + general
    }

    private func values(of field: FieldInfo, _ typed: String, _ before: Unfinished, _ globals: Globals) async -> [String] {
        switch (field.name, field.type) {
        case ("fields", _): Self.fields(of: before, typed)
        case ("method", _), ("methods", _): Self.methods
        case ("topics", _): EventTopic.allCases.map(\.slug)
        case (_, .choice(let words)), (_, .list(.choice(let words))): words
        default: await names(of: field.name, before, globals)
        }
    }

    private static var methods: [String] { Catalogue.wapro.methods.map { $0.name } }

    /// The last of the names, which commas separate.
    private static func fields(of before: Unfinished, _ typed: String) -> [String] {
        guard case .argument(let command) = before.place else { return [] }
        func names(_ fields: [FieldInfo]) -> [String] {
            fields.flatMap { field in
                guard case .object(_, let inner) = field.type else { return [field.name] }
                return [field.name] + names(inner).map { "\(field.name).\($0)" }
            }
        }
        let done = typed.lastIndex(of: ",").map { String(typed[...$0]) } ?? ""
        return names(result(of: command, before.arguments).rowFields).map { done + $0 }
    }

    /// What a command prints.
    private static func result(of command: Command, _ arguments: [String]) -> WireType {
        func reply<M: Method>(_ method: M.Type) -> WireType { M.Reply.wireType }
        switch command.name {
        case Import.name: return ImportProgress.wireType
        case Follow.name: return EventNotification.wireType
        case RawCall.name: return arguments.first.flatMap { Catalogue.wapro.method($0) }.map { reply($0) } ?? .json
        default: return command.method.map { reply($0) } ?? .json
        }
    }

    /// Names that the daemon knows; none when it does not answer at once. Only what the caller may ask: else each press of a key would be a
    /// refusal in the audit log.
    private func names(of field: String, _ before: Unfinished, _ globals: Globals) async -> [String] {
        let sources: [String: (method: String, name: String)] = [
            "campaign": (CampaignList.name, "name"), "template": (TemplateList.name, "name"), "number": (NumberList.name, "name"),
            "account": (NumberList.name, "account"), "import": (ImportList.name, "import"),
        ]
        guard let source = sources[field] else { return [] }
        var globals = globals
        globals.socket = before.globals["socket"] ?? globals.socket
        globals.sessionFile = before.globals["session_file"] ?? globals.sessionFile
        let patience = globals.timeout?.duration ?? Self.patience
        let may = try? await globals.once(RPCHello.name, [:], patience)["methods"]?.elements
        guard may?.contains(.string(source.method)) == true else { return [] }
        let reply = try? await globals.once(source.method, [:], patience)
        let names = reply?["items"]?.elements?.compactMap { $0[source.name]?.text } ?? []
        return Set(names).sorted()
    }
}
