import Glibc

/// Clock and folders.
enum Measure {
    /// How many a second.
    static func rate(of count: Int, _ body: () async throws -> Void) async rethrows -> Double {
        Double(count) / (try await seconds(body))
    }

    static func syncRate(of count: Int, _ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return Double(count) / (start.duration(to: .now) / .seconds(1))
    }

    static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return start.duration(to: .now) / .seconds(1)
    }

    /// A folder of its own under the system's temporary one.
    static func folder() throws -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/wapro-bench-\(String(repeating: "X", count: 6))".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure("no temporary folder: \(String(cString: strerror(errno)))") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
            guard count > 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
            written += count
        }
    }

    /// A folder and the files in it.
    static func remove(_ folder: String) {
        guard let entries = opendir(folder) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            unlink("\(folder)/\(name)")
        }
        closedir(entries)
        rmdir(folder)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}

/// What a thread of its own came to. Work that keeps a core busy does not belong on the pool.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let job = Unmanaged.passRetained(Work { continuation.resume(with: Result { try work() }) })
        var thread = pthread_t()
        let failure = pthread_create(
            &thread,
            nil,
            { context in
                Unmanaged<Work>.fromOpaque(context!).takeRetainedValue().body()
                return nil
            },
            job.toOpaque()
        )
        precondition(failure == 0, "no thread: \(failure)")
        pthread_detach(thread)
    }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

extension [Double] {
    var median: Double {
        let sorted = sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// From the smallest to the largest, as a share of the median.
    var spread: Double {
        guard let least = self.min(), let most = self.max(), median > 0 else { return 0 }
        return (most - least) / median
    }

    /// The value that a share of them does not exceed, 0…1.
    func percentile(_ share: Double) -> Double {
        let sorted = sorted()
        return sorted.isEmpty ? 0 : sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}

extension Double {
    func rounded(digits: Int) -> String {
        var power = 1.0
        for _ in 0..<digits { power *= 10 }
        return "\((self * power).rounded() / power)"
    }

    /// Whole where that says enough.
    var text: String { self >= 100 ? "\(Int(rounded()))" : rounded(digits: 2) }
}

extension String {
    func padded(to width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(right ? 1 : 0, width - count))
        return right ? space + self : self + space
    }
}

extension UnsafeRawBufferPointer {
    /// Where a text begins in it.
    func offset(of text: StaticString) -> Int? {
        guard let start = baseAddress else { return nil }
        return text.withUTF8Buffer { text in
            var from = 0
            while from + text.count <= count {
                guard let found = memchr(start + from, Int32(text[0]), count - from - text.count + 1) else { return nil }
                let at = UnsafeRawPointer(found) - start
                if memcmp(found, text.baseAddress!, text.count) == 0 { return at }
                from = at + 1
            }
            return nil
        }
    }
}
