import FoundationEssentials
import WaproRPC

@testable import waproctl

/// The parts of the manual that say what the declarations say, in mdoc(7).
enum Manual {
    /// By the name that a page gives them: `.\" generated NAME` … `.\" end`.
    static let regions: [String: [String]] = {
        var regions: [String: [String]] = [
            "options": list(Globals.shape.fields.map(option) + Globals.answers.map { (flags($0.option), [line($0.doc)]) }), "nouns": nouns,
            "short": list(short), "methods": methods, "faults": faults,
            "notifications": notifications,
        ]
        for noun in Commands.nouns.map(\.noun) { regions[noun] = Commands.verbs(of: noun).flatMap(command) }
        return regions
    }()

    private static let nouns = list(
        Commands.nouns.map { noun, summary in ("Ic \(noun)", [line(summary), "See", ".Xr waproctl-\(noun) 1 ."]) }
    )

    private static let short = Commands.shown.map { command in
        ("Ic \(command.name)\(arguments(command))", [line(command.doc.summary)])
    }

    private static func command(_ command: Command) -> [String] {
        let fields = command.fields()
        var lines = [
            ".Ss \(command.name)", ".Ic waproctl \(command.name)\(arguments(command)) Op Ar options", ".Pp", line(command.doc.summary),
        ]
        lines += paragraphs(command.doc.details)
        lines += list(fields.filter(Words.isPositional).map { ("Ar \($0.placeholder)", [line($0.doc + words(Help.bounds($0)))]) })
        lines += list(fields.filter { !Words.isPositional($0) }.map(option))
        if let method = command.method {
            lines += [".Pp", "Role \(method.role.slug); method", ".Ic \(method.name) ."]
        }
        return lines
    }

    private static func arguments(_ command: Command) -> String {
        let more = command.fields().last.map { $0.isRequired && $0.type.isRepeated ? " Op Ar \($0.placeholder) ..." : "" } ?? ""
        return command.fields().filter(Words.isPositional).map { " Ar \($0.placeholder)" }.joined() + more
    }

    private static func option(_ field: FieldInfo) -> (String, [String]) {
        let value = words(Help.value(field)).split(separator: " ").map { " Ar \($0)" }.joined()
        return ("\(flags(field.option))\(value)", [line(field.doc + words(Help.bounds(field)))])
    }

    private static func flags(_ option: String) -> String {
        let letter = Globals.letters.first { $0.value == option }.map { "Fl \($0.key.dropFirst()) , " } ?? ""
        return "\(letter)Fl \(option.dropFirst())"
    }

    private static let methods: [String] = Catalogue.wapro.methods.flatMap { method -> [String] in
        func fields<M: Method>(_: M.Type) -> [FieldInfo] { M.shape.fields }
        var lines = [".Ss \(method.name)", line(method.doc.summary)] + paragraphs(method.doc.details)
        lines += list(
            fields(method).map { field in
                ("Ar \(field.name)", [line("\(capital(field.type.words))\(field.isRequired ? "" : ", optional"). \(field.doc)")])
            }
        )
        let faults = method.faults.map(\.slug)
        let may = faults.isEmpty ? "" : " Faults besides the general ones: \(faults.joined(separator: ", "))."
        return lines + [".Pp", line("Role \(method.role.slug); \(effect(method.effect)).\(may)")]
    }

    private static let notifications: [String] = Catalogue.wapro.notifications.flatMap { notification -> [String] in
        func fields<N: Notification>(_: N.Type) -> [FieldInfo] { N.shape.fields }
        return [".Ss \(notification.name)", line(notification.doc.summary)]
            + list(fields(notification).map { ("Ar \($0.name)", [line($0.doc)]) })
    }

    private static let faults = list(
        Fault.Kind.all.map { kind in
            ("Ic \(kind.slug) Pq \(kind.number)", [line(kind.doc + (kind.isRetryable ? " Trying again later is right." : ""))])
        }
    )

    private static func effect(_ effect: Effect) -> String {
        switch effect {
        case .reads: "it changes nothing"
        case .changes: "it changes the store"
        case .sends: "it makes messages leave"
        }
    }

    private static func list(_ items: [(String, [String])]) -> [String] {
        items.isEmpty ? [] : [".Bl -tag -width Ds"] + items.flatMap { [".It \($0.0)"] + $0.1 } + [".El"]
    }

    /// Lines that begin with spaces are examples.
    private static func paragraphs(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        return [".Pp"]
            + text.split(separator: "\n").flatMap { part -> [String] in
                part.hasPrefix(" ") ? [".Dl \(escaped(String(part.drop { $0 == " " })))"] : [line(String(part))]
            }
    }

    private static func words(_ text: TerminalText) -> String { text.string }

    private static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// A line for each sentence; none may look like a macro.
    private static func line(_ text: String) -> String {
        escaped(text).replacing(". ", with: ".\n").split(separator: "\n").map { line in
            line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : String(line)
        }.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\e")
    }
}
