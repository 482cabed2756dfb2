import Testing
import WaproCore
import WaproRPC

/// What becomes of pieces of a file that come twice.
@Suite struct ImportTests {
    private let rows = Base64(Array("phone\n+4915112000001\n".utf8))
    private let more = Base64(Array("+4915112000002\n".utf8))

    private func refusal<Reply: Sendable>(of call: () async throws -> Reply) async -> Fault? {
        do {
            _ = try await call()
            return nil
        } catch {
            return error as? Fault
        }
    }

    @Test func `a key is for one piece: with other bytes, another place or another end it is a conflict`() async throws {
        let desk = try await Desk()
        let id = try await desk(ContactImport()).importID
        let first = try await desk(ImportAppend(importID: id, piece: 0, data: rows, last: false, idempotencyKey: "k"))
        #expect(first.created == 1)
        for other in [
            ImportAppend(importID: id, piece: 0, data: more, last: false, idempotencyKey: "k"),
            ImportAppend(importID: id, piece: 0, data: rows, last: true, idempotencyKey: "k"),
            ImportAppend(importID: id, piece: 1, data: more, last: false, idempotencyKey: "k"),
            ImportAppend(importID: id, piece: 1, data: more, last: true, idempotencyKey: "k"),
        ] {
            #expect(await refusal { try await desk(other) }?.kind == .idempotencyConflict)
        }
        #expect(try await desk(ImportShow(importID: id)) == first)
    }

    @Test func `a piece with its key is answered as it was, however far the import has come`() async throws {
        let desk = try await Desk()
        let id = try await desk(ContactImport()).importID
        let piece = ImportAppend(importID: id, piece: 0, data: rows, last: false, idempotencyKey: "0")
        let first = try await desk(piece)
        #expect(try await desk(ImportAppend(importID: id, piece: 1, data: more, last: true, idempotencyKey: "1")).state.known == .done)
        #expect(try await desk(piece) == first)
        // Another caller's key is another key.
        #expect(await refusal { try await desk(piece, uid: 1001) }?.kind == .importFinished)
    }

    @Test func `a key that named a piece which was there already names that piece from then on`() async throws {
        let desk = try await Desk()
        let id = try await desk(ContactImport()).importID
        let first = try await desk(ImportAppend(importID: id, piece: 0, data: rows, last: false))
        #expect(try await desk(ImportAppend(importID: id, piece: 0, data: rows, last: false, idempotencyKey: "k")) == first)
        let next = ImportAppend(importID: id, piece: 1, data: more, last: true, idempotencyKey: "k")
        #expect(await refusal { try await desk(next) }?.kind == .idempotencyConflict)
    }

    @Test func `without a key other bytes in the place of a piece are no success`() async throws {
        let desk = try await Desk()
        let id = try await desk(ContactImport()).importID
        let first = try await desk(ImportAppend(importID: id, piece: 0, data: rows, last: false))
        let fault = await refusal { try await desk(ImportAppend(importID: id, piece: 0, data: more, last: false)) }
        #expect(fault?.kind == .conflict && fault?.words.contains("other bytes") == true)
        #expect(try await desk(ImportAppend(importID: id, piece: 0, data: rows, last: false)) == first)
    }
}
