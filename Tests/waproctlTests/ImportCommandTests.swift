import Synchronization
import Testing
import WaproCore
import WaproRPC

@testable import waproctl

@Suite(.timeLimit(.minutes(5))) struct ImportCommandTests {
    @Test(arguments: [0, 1, 9, 10, 11, 20, 35])
    func `a file of any size arrives whole, in order, its last piece marked`(size: Int) async throws {
        let taker = Taker()
        let file = (0..<size).map { UInt8($0) }
        #expect(await Screen().run("contact import dir/people.csv --list vip --default-region DE", try taker.router(), file: file) == 0)
        let pieces = taker.pieces.withLock { $0 }
        #expect(taker.bytes == file && pieces.map(\.piece) == Array(0..<pieces.count))
        #expect(pieces.map(\.last) == Array(repeating: false, count: pieces.count - 1) + [true])
        #expect(Set(pieces.map(\.idempotencyKey)).count == pieces.count)
        let begun = taker.begun.withLock { $0 }
        #expect(begun?.fileName == "people.csv" && begun?.list == "vip" && begun?.defaultRegion == "DE")
    }

    @Test func `refused rows are named, and a failed import ends with 65`() async throws {
        let screen = Screen()
        #expect(await screen.run("contact import -", try Taker().router(), file: [1]) == 0)
        #expect(screen.out == ["1 line: 1 new, 0 updated, 0 unchanged, 1 refused", "  line 3, phone: too short for Germany\\u{1b}[2J"])
        #expect(screen.err.isEmpty)
        let failed = Screen()
        #expect(await failed.run("contact import x.csv", try Taker(.fails).router(), file: [1]) == 65)
        #expect(failed.err.contains("There is no column phone."))
    }

    @Test func `an import that is done is told though what it refused cannot be had, and by the fields that were chosen`() async throws {
        let screen = Screen()
        #expect(await screen.run("contact import -", try Taker(.losesFaults).router(), file: [1]) == 0)
        let all = "  … all of them: waproctl import faults \(ImportID(rawValue: 1).description)"
        #expect(screen.out == ["1 line: 1 new, 0 updated, 0 unchanged, 1 refused", all] && screen.err.isEmpty)
        let chosen = Screen()
        #expect(await chosen.run("contact import - --fields refused,created", try Taker().router(), file: [1]) == 0)
        #expect(chosen.out == ["refused  created", "      1        1"])
    }

    @Test func `a file that cannot be read ends with 66, before anything is asked`() async throws {
        let taker = Taker()
        #expect(await Screen().run("contact import missing.csv", try taker.router()) == 66)
        #expect(taker.begun.withLock { $0 } == nil)
    }

    @Test func `with -q an import that went well says nothing, and refused rows are said`() async throws {
        for output in ["table", "json"] {
            let screen = Screen()
            #expect(await screen.run("contact import people.csv -q -o \(output)", try Taker(.takesAll).router(), file: [1]) == 0)
            #expect(screen.out.isEmpty && screen.err.isEmpty)
            let refused = Screen()
            #expect(await refused.run("contact import people.csv -q -o \(output)", try Taker().router(), file: [1]) == 0)
            #expect(!refused.out.isEmpty)
        }
    }

    @Test func `with -v every call is said, and every ten seconds how far it is`() async throws {
        let screen = Screen()
        let seconds = Mutex(0)
        let begin = ContinuousClock.now
        let words = ["contact", "import", "people.csv", "-v"]
        let status = await screen.run(words, try Taker(.takesAll).router(), file: [UInt8](repeating: 1, count: 45)) { outside in
            outside.now = {
                seconds.withLock { seconds in
                    defer { seconds += 4 }
                    return begin + .seconds(seconds)
                }
            }
        }
        let lines = screen.err.split(separator: "\n")
        #expect(status == 0 && lines.filter { $0.hasPrefix("contact.import: answered after ") }.count == 1)
        #expect(lines.filter { $0.hasPrefix("import.append: answered after ") }.count == 5)
        #expect(lines.filter { $0.contains(" lines: 1 new") }.count == 1, "\(screen.err)")
    }
}
