/// Lets only so many work at the same time; the others wait for a seat, the first of them first.
actor Seats {
    private let count: Int
    private var free: Int
    private var queue: [(wanted: Int, go: CheckedContinuation<Void, Never>)] = []

    init(_ count: Int) {
        (self.count, free) = (count, count)
    }

    private func take(_ wanted: Int) async {
        if queue.isEmpty, free >= wanted {
            free -= wanted
        } else {
            await withCheckedContinuation { queue.append((wanted, $0)) }
        }
    }

    private func leave(_ taken: Int) {
        free += taken
        while let first = queue.first, free >= first.wanted {
            free -= first.wanted
            queue.removeFirst().go.resume()
        }
    }

    /// - Parameter alone: takes every seat.
    nonisolated func seated(alone: Bool, _ body: () async throws -> Void) async throws {
        let wanted = alone ? count : 1
        await take(wanted)
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        await leave(wanted)
        try result.get()
    }
}
