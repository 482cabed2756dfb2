import Foundation

/// The source tree that these tests were compiled from.
struct Repository {
    let root: String

    static let current = Repository(
        root: String(#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/"))
    )

    /// A text file, by its path from the root.
    struct File {
        let path: String
        let text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var name: String { String(path.split(separator: "/").last ?? "") }
        /// `WaproCore` of `Sources/WaproCore/Time/Timestamp.swift`.
        var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }
        /// The lines without their comments. A `//` within a text ends the line as well, which only hides something to find.
        var code: [Substring] { lines.map { line in line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line } }
    }

    func file(_ path: String) throws -> File {
        File(path: path, text: try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8))
    }

    /// Files below `folder` whose name ends so, sorted by path.
    func files(in folder: String, ending: String) throws -> [File] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
        return try paths.filter { $0.hasSuffix(ending) }.sorted().map { try file("\(folder)/\($0)") }
    }

    /// All Swift files of sources and tests.
    func swiftFiles() throws -> [File] {
        try files(in: "Sources", ending: ".swift") + files(in: "Tests", ending: ".swift")
    }

    func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(folder)/\(name)", isDirectory: &isFolder) && isFolder.boolValue
        }.sorted()
    }
}
