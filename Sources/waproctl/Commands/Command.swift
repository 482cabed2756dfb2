import WaproRPC

/// One command: what it is called, what it takes, what it does.
struct Command: Sendable {
    /// `campaign start`; one word for what people need in a hurry.
    let name: String
    let doc: Doc
    /// The method that it is; nil for what takes several.
    let method: (any Method.Type)?
    /// What it takes besides what every command takes (`Globals`).
    let fields: @Sendable () -> [FieldInfo]
    let run: @Sendable (JSONObject, Globals) async throws -> Void

    var words: [String] { name.split(separator: " ").map(String.init) }
}

extension Command {
    /// A method's, made from its declaration.
    init<M: Method>(_ method: M.Type, name: String? = nil) {
        self.init(name: name ?? "\(M.noun) \(M.verb)", doc: M.doc, method: M.self, fields: { M.shape.fields }) { parameters, globals in
            try await Verb<M>.run(parameters, globals)
        }
    }

    init<Hand: ByHand>(_ hand: Hand.Type, name: String? = nil) {
        self.init(name: name ?? Hand.name, doc: Hand.doc, method: Hand.method, fields: { Hand.shape.fields }) { parameters, globals in
            // Only what such a command says it can do is taken.
            if globals.dryRun, !Hand.canTry { throw Ending(Ending.usage, "\(Hand.name) cannot be tried without effect.") }
            if globals.wait { try Wait.require(Hand.name) }
            let command: Hand
            do throws(Mismatch) { command = try Hand.decode(.object(parameters), .strict) } catch {
                throw Ending(error, fields: Hand.shape.fields)
            }
            try await command.run(globals)
        }
    }
}

/// A command that takes more than a round trip, or shows its result in its own way. Like a method, the struct is its own parameters.
protocol ByHand: Wire {
    /// `campaign watch`
    static var name: String { get }
    static var doc: Doc { get }
    /// The method whose place it takes, if there is one.
    static var method: (any Method.Type)? { get }
    /// Whether it does nothing when `--dry-run` is given.
    static var canTry: Bool { get }
    func run(_ globals: Globals) async throws
}

extension ByHand {
    static var method: (any Method.Type)? { nil }
    static var canTry: Bool { false }
}
