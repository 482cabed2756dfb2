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
                    // Bash gives the words with their quotes, and in pieces: the line is read anew.
                    "_waproctl() {",
                    "    mapfile -t COMPREPLY < <(waproctl \(Complete.name) --line \"${COMP_LINE:0:COMP_POINT}\" "
                        + "--breaks \"$COMP_WORDBREAKS\" 2>/dev/null)",
                    "}", "complete -o default -F _waproctl waproctl",
                ]
            case .zsh:
                [
                    "#compdef waproctl", "_waproctl() {", "    local -a before found",
                    "    before=(\"${(@Q)words[2,CURRENT-1]}\")",
                    "    found=(\"${(@f)$(waproctl \(Complete.name) -- \"${before[@]}\" \"${(Q)PREFIX}\" 2>/dev/null)}\")",
                    "    if [[ -n ${found[1]} ]]; then compadd -a found; else _files; fi", "}",
                    "if [[ ${funcstack[1]} == _waproctl ]]; then _waproctl \"$@\"; else compdef _waproctl waproctl; fi",
                ]
            case .fish:
                [
                    "function __waproctl", "    set -l typed (commandline -ct)",
                    // Fish compares what is quoted itself.
                    "    if string match -qr '[\"\\'\\\\\\\\]' -- $typed; set typed ''; end",
                    "    waproctl \(Complete.name) -- (commandline -opc)[2..] \"$typed\" 2>/dev/null", "end",
                    "complete -c waproctl -a '(__waproctl)'",
                ]
            }
        Surroundings.current.printLines(lines)
    }
}
