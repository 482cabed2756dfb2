import ArgumentParser

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

@main
enum Main {
    static func main() async {
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        exit(status)
    }

    /// Runs a command line and gives its exit status.
    static func run(_ words: [String]) async -> Int32 {
        let outside = Surroundings.current
        do {
            var command = try CommandWords.parse(try CommandWords.arranged(words))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch let ending as Ending {
            outside.complain(ending.text)
            return ending.status
        } catch {
            // Help, versions and what ArgumentParser itself refuses.
            let status = Root.exitCode(for: error)
            let message = Root.fullMessage(for: error)
            if status.isSuccess {
                if !message.isEmpty {
                    outside.printLines(message.split(separator: "\n", omittingEmptySubsequences: false).map { "\(String($0))" })
                }
            } else {
                outside.complain("\(lines: message)\n")
            }
            return status.rawValue
        }
    }
}

extension TerminalText.Interpolation {
    /// Text of several lines, each made harmless.
    mutating func appendInterpolation(lines text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        self.text += lines.map { TerminalText(outside: String($0)).string }.joined(separator: "\n")
    }
}
