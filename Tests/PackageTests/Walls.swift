/// Which target may import what: the map of the design, as a table. A new target needs a row.
struct Walls {
    /// Beside the row of a target: Swift itself, and a libc without which nothing but pure rules can be written.
    private static let language: Set = ["Swift", "Synchronization", "FoundationEssentials"]
    private static let everybody: Set = [
        "Glibc", "Musl", "Dispatch", "Logging", "Metrics", "ServiceLifecycle", "UnixSignals", "Collections", "DequeModule",
        "OrderedCollections",
        "HeapModule", "AsyncAlgorithms",
    ]
    private static let nio: Set = ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOConcurrencyHelpers", "NIOFoundationCompat"]
    private static let hummingbird: Set = ["Hummingbird", "HummingbirdCore", "HTTPTypes"]
    private static let libraries: Set = [
        "WaproCore", "WaproCloud", "WaproStore", "WaproPeople", "WaproSending", "WaproReceiving", "WaproReactions", "WaproRPC", "WaproWire",
    ]

    /// The words and rules, and the contract: nothing of `everybody`.
    private static let pure: Set = ["WaproCore", "WaproRPC"]

    private static let rows: [String: Set<String>] = [
        "WaproCore": [],
        "WaproRPC": ["WaproCore"],
        "WaproNet": ["NIOCore"],
        "WaproCloud": ["WaproCore", "CCurl", "Crypto"],
        "WaproStore": ["WaproCore", "CSQLite", "Crypto", "GRDB", "GRDBSQLite"],
        "WaproPeople": ["WaproCore", "WaproStore"],
        "WaproSending": ["WaproCore", "WaproStore", "WaproCloud"],
        "WaproReceiving": nio.union(hummingbird).union(["WaproCore", "WaproStore", "WaproCloud", "WaproNet"]),
        "WaproReactions": ["WaproCore", "WaproStore", "WaproCloud"],
        "WaproWire": nio.union(["WaproCore", "WaproRPC", "WaproNet"]),
        "WaproDaemon": libraries.union(["CSystemd", "Configuration", "Crypto", "CryptoExtras", "Yams"]),
        "waprod": ["WaproDaemon", "WaproCore", "WaproRPC", "WaproWire", "MetaSim", "ArgumentParser"],
        "waproctl": ["WaproCore", "WaproRPC", "WaproWire"],
        // Its floors are what a plain program does with the same libraries.
        "waprod-bench": libraries.union(nio).union(["WaproDaemon", "MetaSim", "ArgumentParser", "CCurl", "Crypto", "GRDBSQLite", "NIOSSL"]),
        "wapro-torture": libraries.union(["WaproDaemon", "MetaSim", "ArgumentParser"]),
        "MetaSim": nio.union(hummingbird).union(["HummingbirdHTTP2", "HummingbirdTLS", "NIOSSL", "NIOHTTP2", "Crypto", "_CryptoExtras"]),
        "metasim": ["MetaSim", "ArgumentParser"],
    ]

    /// Why `target` may not import `module`; nil when it may.
    static func objection(to module: String, in target: String) -> String? {
        guard let row = rows[target] else { return "the target \(target) has no row in the table of walls" }
        if language.contains(module) || row.contains(module) { return nil }
        if everybody.contains(module), !pure.contains(target) { return nil }
        if module == "Foundation" { return "\(target) imports Foundation (with ICU): FoundationEssentials must do" }
        return "\(target) may not import \(module)"
    }

    /// The modules that a file imports, whatever stands before the word.
    static func imports(of file: Repository.File) -> [String] {
        file.code.flatMap { $0.split(separator: ";") }.compactMap { statement in
            var words = statement.split(separator: " ")
            while let word = words.first, word.hasPrefix("@") || ["public", "internal", "package", "private", "fileprivate"].contains(word)
            {
                words.removeFirst()
            }
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            if words.count == 3, kinds.contains(words[1]) { words.remove(at: 1) }
            // More words would be a line of some longer text.
            guard words.count == 2, words[0] == "import" else { return nil }
            return words[1].split(separator: ".").first.map(String.init)
        }
    }

    static func objections(to files: [Repository.File]) -> [String] {
        files.flatMap { file in
            imports(of: file).compactMap { module in
                objection(to: module, in: file.target).map { "\(file.path): \($0)" }
            }
        }
    }
}
