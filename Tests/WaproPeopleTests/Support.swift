import Dispatch
import WaproCore
import WaproPeople
import WaproStore

/// A store in memory, an importer, and a clock that moves only when told to.
struct World: Sendable {
    let clock = SteppedClock(at: Timestamp(seconds: 1_795_341_600))
    let store: Store
    let importer: Importer

    init(_ location: StoreLocation = .memory, limits: ImportLimits = ImportLimits(), options: StoreOptions = StoreOptions()) throws {
        store = try Store(location, options: options, clock: clock.wall)
        importer = Importer(store: store, limits: limits, clock: clock.wall)
    }

    /// Imports a whole file, in pieces of a size.
    @discardableResult
    func load(_ file: String, list: String? = nil, region: String? = nil, pieces size: Int = 100_000) async throws -> ImportRecord {
        try await load(Array(file.utf8), list: list, region: region, pieces: size)
    }

    @discardableResult
    func load(_ bytes: [UInt8], list: String? = nil, region: String? = nil, pieces size: Int = 100_000) async throws -> ImportRecord {
        let id = try await importer.begin(list: list, defaultRegion: region.flatMap { Region($0) }, fileName: "people.csv")
        var (piece, start) = (0, 0)
        while true {
            let end = min(start + size, bytes.count)
            let record = try await importer.append(id, piece: piece, Array(bytes[start..<end]), isLast: end == bytes.count)
            if end == bytes.count || record.state != .reading { return record }
            (piece, start) = (piece + 1, end)
        }
    }

    func contact(_ phone: Int64) async throws -> Contact? {
        try await store.read { snapshot in try PhoneNumber(value: phone).flatMap { try snapshot.contact(phone: $0) } }
    }

    func faults(of id: ImportID) async throws -> [ImportFault] {
        try await store.read { try $0.importFaults(id, after: 0, limit: 100_000) }
    }
}

extension Importer {
    nonisolated func append(_ id: ImportID, piece: Int, _ bytes: [UInt8], isLast: Bool) async throws -> ImportRecord {
        try await append(id, Piece(piece, bytes, isLast: isLast))
    }
}

/// German mobile numbers, one after another.
func phone(_ index: Int) -> Int64 { 4_915_112_000_000 + Int64(index) }

/// Keeps the store's writer busy until it is let go.
final class HeldWriter: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(_ store: Store) async {
        let gate = gate
        await withCheckedContinuation { continuation in
            store.submit(.control) { _ in
                continuation.resume()
                gate.wait()
            } done: { _ in
            }
        }
    }

    func letGo() { gate.signal() }
}
