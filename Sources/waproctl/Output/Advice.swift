import WaproRPC

/// Commands that somebody is told to type: they do what is said of them when they are typed as they stand.
struct Advice: Sendable {
    /// What chose the daemon and the session: without it another one would be asked.
    private let options: [String]
    /// Parameters are `key=value`, as `rpc call` takes them.
    private let isRaw: Bool

    @TaskLocal static var current = Advice(options: [], isRaw: false)

    private init(options: [String], isRaw: Bool) { (self.options, self.isRaw) = (options, isRaw) }

    init(_ command: Command, _ globals: Globals) {
        let chosen = [("--socket", globals.socket), ("--session-file", globals.sessionFile)]
        self.init(
            options: chosen.flatMap { name, value in value.map { [name, Self.quoted($0)] } ?? [] },
            isRaw: command.name == RawCall.name
        )
    }

    /// `waproctl campaign watch 'Black Friday'`
    static func command(_ name: String, _ words: String...) -> String {
        let end = words.contains(where: Words.isOption) ? ["--"] : []
        return (["waproctl", name] + current.options + end + words.map(quoted)).joined(separator: " ")
    }

    /// A parameter of the command that runs: `--idempotency-key KEY`, or `idempotency_key=KEY`.
    static func parameter(_ name: String, _ value: String) -> String {
        if current.isRaw { return quoted("\(name)=\(value)") }
        return "--\(name.split(separator: "_").joined(separator: "-")) \(quoted(value))"
    }

    /// What the daemon advises, with the commands for the methods that it names; who calls methods reads it as it is.
    static func told(_ hint: String) -> String {
        // Where methods are meant as such, they stay so: those of a session, and what a mistyped one was meant to be.
        if current.isRaw || hint.hasPrefix("It covers ") || hint.hasPrefix("Did you mean ") { return hint }
        return hint.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let end = word.lastIndex(where: \.isLetter).map(word.index(after:)) ?? word.startIndex
            let name = word[..<end].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard name.count == 2, let named = Commands.named(name[0], name[1]) else { return String(word) }
            return command(named.name) + word[end...]
        }
        .joined(separator: " ")
    }

    /// A word as a shell has to read it: in quotes when it would be something else without them.
    static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", "_", ".", "/", ":", "@", "%", "+", "=", ",", "-": true
            default: false
            }
        }
        guard word.isEmpty || !isPlain else { return word }
        var text = "'"
        for scalar in word.unicodeScalars {
            if scalar == "'" { text += #"'\''"# } else { text.unicodeScalars.append(scalar) }
        }
        return text + "'"
    }
}
