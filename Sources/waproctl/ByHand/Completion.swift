import WaproRPC

/// `waproctl completion SHELL`
struct Completion: ByHand {
    enum Shell: String, WireChoice {
        case bash, zsh, fish

        var slug: String { rawValue }
        init?(slug: String) { self.init(rawValue: slug) }
    }

    let shell: Shell

    static let name = "completion"
    static let doc = Doc(
        "Print what makes a shell complete commands, options and names.",
        details: """
            Names of campaigns, templates and numbers are asked from the daemon.
              bash: waproctl completion bash > /usr/share/bash-completion/completions/waproctl
              zsh:  waproctl completion zsh > /usr/share/zsh/vendor-completions/_waproctl
              fish: waproctl completion fish > /usr/share/fish/vendor_completions.d/waproctl.fish
            """
    )
    static let shape = Shape(Self.init, Field("shell", \.shell, "The shell."))

    func run(_ globals: Globals) async throws {
        let lines: [TerminalText] =
            switch shell {
            case .bash:
                [
                    "_waproctl() {", "    local found word",
                    "    mapfile -t found < <(waproctl \(Complete.name) -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null)",
                    "    COMPREPLY=()",
                    // A name is somebody's text: the shell must not read it as anything else.
                    "    for word in \"${found[@]}\"; do COMPREPLY+=(\"$(printf %q \"$word\")\"); done", "}",
                    "complete -o default -F _waproctl waproctl",
                ]
            case .zsh:
                [
                    "#compdef waproctl", "_waproctl() {", "    local -a found",
                    "    found=(\"${(@f)$(waproctl \(Complete.name) -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)}\")",
                    "    if [[ -n ${found[1]} ]]; then compadd -a found; else _files; fi", "}",
                    "if [[ ${funcstack[1]} == _waproctl ]]; then _waproctl \"$@\"; else compdef _waproctl waproctl; fi",
                ]
            case .fish:
                ["complete -c waproctl -a '(waproctl \(Complete.name) -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'"]
            }
        Surroundings.current.printLines(lines)
    }
}

/// `waproctl __complete -- WORD…`: what the last word may become, a line each. For shells.
struct Complete: ByHand {
    let words: [String]

    static let name = "__complete"
    static let doc = Doc("Say what the last word may become.")
    static let shape = Shape(Self.init, Field("words", \.words, "The words so far, without waproctl."))

    /// Nobody waits longer for a name.
    private static let patience = Duration.milliseconds(200)

    func run(_ globals: Globals) async throws {
        let typed = words.last ?? ""
        let found = await candidates(Array(words.dropLast()), typed, globals)
        Surroundings.current.printLines(found.filter { $0.hasPrefix(typed) }.map { "\($0)" })
    }

    private func candidates(_ before: [String], _ typed: String, _ globals: Globals) async -> [String] {
        guard let noun = before.first else { return Commands.nouns.map(\.noun) + Commands.short.map(\.name).filter { $0 != Self.name } }
        if let command = Commands.short.first(where: { $0.name == noun }) {
            return await candidates(command, before.dropFirst(), typed, globals)
        }
        guard let verb = before.dropFirst().first else { return Commands.verbs(of: noun).map { $0.words[1] } }
        guard let command = Commands.named(noun, verb) else { return [] }
        return await candidates(command, before.dropFirst(2), typed, globals)
    }

    private func candidates(_ command: Command, _ before: ArraySlice<String>, _ typed: String, _ globals: Globals) async -> [String] {
        let fields = command.fields()
        let options = fields.filter { !Words.isPositional($0) } + Globals.shape.fields
        if Words.isOption(typed) { return options.map(\.option) + ["--help"] }
        var positional = fields.filter(Words.isPositional)[...]
        var open: FieldInfo?
        for word in before {
            if open != nil {
                open = nil
            } else if Words.isOption(word) {
                open = options.first { $0.option == Globals.letters[word] ?? word && !$0.type.isFlag }
            } else {
                _ = positional.popFirst()
            }
        }
        guard let field = open ?? positional.first else { return [] }
        switch field.type {
        case .choice(let words), .list(.choice(let words)): return words
        default: return await names(of: field.name, globals)
        }
    }

    /// Names that the daemon knows; none when it does not answer at once. Only what everybody may ask: else each press of a key would be a
    /// refusal in the audit log.
    private func names(of field: String, _ globals: Globals) async -> [String] {
        let sources: [String: (method: String, name: String)] = [
            "campaign": (CampaignList.name, "name"), "template": (TemplateList.name, "name"), "number": (NumberList.name, "name"),
            "account": (NumberList.name, "account"), "import": (ImportList.name, "import"),
        ]
        guard let source = sources[field] else { return [] }
        let reply = try? await globals.once(source.method, [:], Self.patience)
        let names = reply?["items"]?.elements?.compactMap { $0[source.name]?.text } ?? []
        return Set(names).sorted()
    }
}
