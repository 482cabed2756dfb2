import Foundation

/// Forms that the house style rules out, each with the reason that a reader gets.
struct Style {
    let reason: String
    /// One of these is in every line that breaks the rule: a regular expression is tried only on files that have one.
    let hints: [String]
    var concerns: (Repository.File) -> Bool = { _ in true }
    let matches: (Substring) -> Bool

    /// Names that say nothing, at the end of a type's name.
    private static let emptyNames = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities"]
    /// Put together here, so that this file has none.
    private static let postponed = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

    private static func isSource(_ file: Repository.File) -> Bool { file.path.hasPrefix("Sources/") }
    private static func isLibrary(_ file: Repository.File) -> Bool {
        isSource(file) && (file.target.hasPrefix("Wapro") || file.target == "MetaSim")
    }

    private static var rules: [Style] {
        [
            Style(reason: "a bare Task has no owner: make it a Service or a child task", hints: ["Task"], concerns: isSource) {
                $0.contains(#/(^|[^\w.])Task(\.detached)?\s*(\([^)]*\))?\s*\{/#)
            },
            Style(
                reason: "SQL belongs to WaproStore",
                hints: ["SELECT", "INSERT", "DELETE", "UPDATE", "CREATE", "PRAGMA"],
                concerns: { isSource($0) && $0.target != "WaproStore" && !$0.path.hasPrefix("Sources/waprod-bench/") }
            ) {
                $0.contains(
                    #/\b(SELECT\s+[\w*]|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+(TABLE|INDEX)|PRAGMA\s)/#
                )
            },
            Style(reason: "try! ends the process without a word", hints: ["try!"]) { $0.contains(#/\btry!/#) },
            Style(reason: "print is for debugging: a library logs", hints: ["print(", "Print(", "dump("], concerns: isLibrary) {
                $0.contains(#/(^|[^\w.`])(print|debugPrint|dump)\(/#)
            },
            Style(reason: "something is not written yet", hints: ["mplemented"]) {
                $0.contains(#/fatalError\("(not|un)\s?implemented/#.ignoresCase())
            },
            Style(reason: "the name says nothing", hints: emptyNames) { line in
                let name = line.firstMatch(of: #/\b(struct|class|enum|actor|protocol|extension)\s+(\w+)/#)?.output.2 ?? ""
                return emptyNames.contains { name.hasSuffix($0) }
            },
        ]
    }

    static func objections(to file: Repository.File) -> [String] {
        var found: [String] = []
        for rule in rules where rule.concerns(file) && rule.hints.contains(where: { file.text.contains($0) }) {
            for (number, line) in file.code.enumerated() where rule.matches(line) {
                found.append("\(file.path):\(number + 1): \(rule.reason)")
            }
        }
        guard postponed.contains(where: { file.text.contains($0) }) else { return found }
        for (number, line) in file.lines.enumerated() {
            for word in line.split(whereSeparator: { !$0.isLetter }) where postponed.contains(String(word)) {
                found.append("\(file.path):\(number + 1): \(word) does not stay in the code")
            }
        }
        return found
    }
}
