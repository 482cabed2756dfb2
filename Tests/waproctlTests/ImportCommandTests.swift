import Synchronization
import Testing
import WaproCore
import WaproRPC
import WaproWire

@testable import waproctl

@Suite(.timeLimit(.minutes(5))) struct ImportCommandTests {
    /// A daemon that takes pieces of ten bytes and refuses line 3.
    private final class Taker: Sendable {
        let pieces = Mutex<[ImportAppend]>([])
        let begun = Mutex<ContactImport?>(nil)
        let fails: Bool

        init(fails: Bool = false) { self.fails = fails }

        var bytes: [UInt8] { pieces.withLock { $0.flatMap(\.data.bytes) } }

        func router() throws -> Router {
            var handlers = Handlers()
            let id = ImportID(rawValue: 1)
            handlers.on(ContactImport.self) { [self] ask, _ throws(Fault) in
                begun.withLock { $0 = ask }
                return ContactImport.Reply(importID: id, pieceBytes: 10, state: Open(.reading))
            }
            handlers.on(ImportAppend.self) { [self] ask, _ throws(Fault) in
                let count = pieces.withLock { pieces in
                    pieces.append(ask)
                    return pieces.count
                }
                guard ask.piece == count - 1 else { throw Fault(.pieceOutOfOrder, "Out of order.") }
                return ImportProgress(
                    importID: id,
                    state: Open(fails ? .failed : ask.last ? .done : .reading),
                    startedAt: Timestamp(seconds: 0),
                    lines: Int64(count),
                    created: 1,
                    updated: 0,
                    unchanged: 0,
                    refused: ask.last ? 1 : 0,
                    reason: fails ? "There is no column phone." : nil
                )
            }
            handlers.on(ImportFaults.self) { _, _ throws(Fault) in
                Page(items: [ImportFault(line: 3, field: "phone", reason: "too short for Germany\u{1B}[2J")])
            }
            return try Router(handlers, catalogue: Catalogue(methods: [ContactImport.self, ImportAppend.self, ImportFaults.self]))
        }
    }

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
        #expect(await failed.run("contact import x.csv", try Taker(fails: true).router(), file: [1]) == 65)
        #expect(failed.err.contains("There is no column phone."))
    }

    @Test func `a file that cannot be read ends with 66, before anything is asked`() async throws {
        let taker = Taker()
        #expect(await Screen().run("contact import missing.csv", try taker.router()) == 66)
        #expect(taker.begun.withLock { $0 } == nil)
    }
}
