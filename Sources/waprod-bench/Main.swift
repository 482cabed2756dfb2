// waprod-bench: how fast wapro is, as a ratio to what the same machine does without it, measured in turn in the same run.
//
// Each case has our path and a floor: the least that a program must do for the same effect. Absolute figures say something only
// about the machine of the day; the ratio is what must not fall.

import ArgumentParser

/// Measures the cases that are named, or all.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waprod-bench",
        abstract: "Measure wapro against the floor of this machine.",
        discussion: "Build it with -c release. Traffic stays on loopback."
    )

    @Argument(help: "The cases: \(Case.allCases.map(\.rawValue).joined(separator: ", ")).")
    var cases: [Case] = Case.allCases

    @Option(help: "How often each case is run; the median counts.")
    var rounds = 3

    @Option(help: "Messages or rows of one run.")
    var count = 20_000

    enum Case: String, CaseIterable, ExpressibleByArgument {
        /// A campaign, durable, against the same requests with nothing stored.
        case send
        /// Journaled webhook bodies, durable, against one commit for each.
        case journal
    }

    func validate() throws {
        guard (1...99).contains(rounds), (100...1_000_000).contains(count) else {
            throw ValidationError("--rounds must be 1 to 99 and --count 100 to 1000000.")
        }
    }

    func run() async throws {
        print("case      ours/s    floor/s   ratio   peak MB")
        for each in cases {
            var ours: [Double] = []
            var floors: [Double] = []
            for _ in 0..<rounds {
                switch each {
                case .send:
                    let stage = try await SendBench(count: count)
                    floors.append(try await stage.floor())
                    ours.append(try await stage.ours())
                    await stage.end()
                case .journal:
                    let bench = try JournalBench(count: count)
                    floors.append(try await bench.floor())
                    ours.append(try await bench.ours())
                    bench.end()
                }
            }
            let (own, floor) = (Measure.median(ours), Measure.median(floors))
            print(Measure.line(each.rawValue, own, floor))
        }
    }
}
