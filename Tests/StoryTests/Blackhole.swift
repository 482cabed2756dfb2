import Foundation
import Testing

/// A port of this machine that answers nobody: its listener takes no connection and its queue is full, so that whoever connects waits.
final class Blackhole {
    private var descriptors: [Int32] = []

    init(port: UInt16) throws {
        let listener = try open()
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var isListening = false
        // The one who listened before may need a moment to be gone.
        for _ in 0..<100 where !isListening {
            isListening = Self.at(port) { bind(listener, $0, $1) == 0 } && listen(listener, 0) == 0
            if !isListening { usleep(10_000) }
        }
        try #require(isListening, "the port cannot be taken: \(String(cString: strerror(errno)))")
        // The queue holds one; those after it fill what the kernel gives beside it.
        for _ in 0..<4 {
            let caller = try open()
            _ = fcntl(caller, F_SETFL, O_NONBLOCK)
            _ = Self.at(port) { connect(caller, $0, $1) }
        }
    }

    func close() {
        for descriptor in descriptors { Foundation.close(descriptor) }
        descriptors = []
    }

    private func open() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        descriptors.append(descriptor)
        return descriptor
    }

    private static func at<Result>(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
