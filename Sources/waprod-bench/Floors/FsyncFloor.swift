import Glibc
import Synchronization

/// A bare loop of small durable writes: what the disk gives now.
final class FsyncFloor: Sendable {
    private let isOver = Mutex(false)

    /// Seconds of each write, until it is ended.
    func run(in folder: String) async throws -> [Double] {
        try await onThread { [self] in
            let file = open("\(folder)/floor", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw Measure.Failure("\(folder)/floor: \(String(cString: strerror(errno)))") }
            defer { close(file) }
            let page = [UInt8](repeating: 7, count: 4096)
            var taken: [Double] = []
            while !isOver.withLock({ $0 }) {
                let start = ContinuousClock.now
                guard write(file, page, page.count) == page.count, fdatasync(file) == 0 else {
                    throw Measure.Failure("fdatasync: \(String(cString: strerror(errno)))")
                }
                taken.append(start.duration(to: .now) / .seconds(1))
                usleep(2000)
            }
            return taken
        }
    }

    func end() { isOver.withLock { $0 = true } }
}
