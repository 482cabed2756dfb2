import WaproCore
import WaproRPC

/// Secrets never stand on a command line, where every user of the machine can read them: their place is taken by the name of a file.
enum SecretFiles {
    private static let limit = 64 << 10
    /// What is typed without being seen and will be needed again: a mistake in it shows only when it is typed twice.
    private static let chosen: Set<String> = [UserAdd.name + ".password", UserSet.name + ".password", SessionPassword.name + ".new"]

    /// The parameters, with what the named files say instead of their names.
    static func read(_ parameters: JSONObject, _ fields: [FieldInfo], of method: String) throws -> JSONObject {
        var parameters = parameters
        var usesInput = false
        for field in fields {
            guard field.type.isSecret, let path = parameters[field.name]?.text else { continue }
            if path == "-", !Surroundings.current.inputIsTerminal {
                guard !usesInput else {
                    throw Ending(Ending.usage, "Only one secret can come from standard input.", hint: "Name a file for \(field.name).")
                }
                usesInput = true
            }
            let isChosen = chosen.contains("\(method).\(field.name)")
            parameters[field.name] = .string(try secret(field.name, path, isChosen: isChosen).revealed)
        }
        return parameters
    }

    /// - Parameter takesInput: whether `-` may be given, for standard input.
    static func secret(_ name: String, _ path: String, isChosen: Bool = false, takesInput: Bool = true) throws -> Secret {
        let outside = Surroundings.current
        if path == "-", let typed = outside.askSecret("\(name): ") {
            guard !typed.isEmpty else { throw Ending(Ending.usage, "Nothing was typed.") }
            if isChosen, outside.askSecret("\(name), once more: ") != typed {
                throw Ending(Ending.usage, "The second was another one. Nothing was done.")
            }
            return Secret(typed)
        }
        let place = path == "-" ? "standard input" : path
        let bytes: [UInt8]
        do {
            bytes = try outside.read(path).next(limit + 1)
        } catch let ending as Ending where ending.status == Ending.noInput && path != "-" {
            // What was given instead may be the secret itself: it is not repeated.
            throw Ending(
                Ending.noInput,
                "\(name): the file that was named cannot be read.",
                hint: takesInput ? "Give the name of a file, or - for standard input." : "Give the name of a file."
            )
        }
        // A line's end is an editor's.
        var line = bytes[...]
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard !line.isEmpty else { throw Ending(Ending.badData, "\(name): \(place) is empty.") }
        guard !line.contains(UInt8(ascii: "\n")) else { throw Ending(Ending.badData, "\(name): \(place) has more than one line in it.") }
        guard bytes.count <= limit, let word = String(validating: line, as: UTF8.self) else {
            throw Ending(Ending.badData, "\(name): \(place) has no secret in it: too long, or not text.")
        }
        return Secret(word)
    }
}
