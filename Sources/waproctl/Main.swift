import WaproCore
import WaproRPC

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

@main
enum Main {
    static func main() async {
        StandardStreams.secure()
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        exit(status)
    }

    /// Runs a command line and gives its exit status.
    static func run(_ words: [String]) async -> Int32 {
        let outside = Surroundings.current
        do {
            try await answer(try Request(words))
            return 0
        } catch let ending as Ending {
            outside.complain(ending.text)
            return ending.status
        } catch let failure as CallFailure {
            let ending = Ending(failure)
            outside.complain(ending.text)
            return ending.status
        } catch {
            outside.complain("waproctl: \("\(error)")\n")
            return Ending.defect
        }
    }

    private static func answer(_ request: Request) async throws {
        let outside = Surroundings.current
        switch request {
        case .overview: outside.printLines(Help.overview())
        case .version: outside.print("waproctl \(Release.version), protocol \(Catalogue.version)")
        case .noun(let noun): outside.printLines(Help.noun(noun))
        case .help(let command): outside.printLines(Help.command(command))
        case .manual(let page, let instead):
            if !outside.outputIsTerminal || !outside.showManual(page) { try await answer(instead) }
        case .run(let command, let parameters, let globals):
            let outside = outside.adapted(to: globals)
            // However it ends: what is said then is not said in the middle of the line.
            defer { outside.progress?.clear() }
            try await Human.$usesUTC.withValue(globals.utc) {
                try await Advice.$current.withValue(Advice(command, globals)) {
                    try await Surroundings.$current.withValue(outside) { try await command.run(parameters, globals) }
                }
            }
        }
    }
}
