import Glibc
import Synchronization

/// A bare echo on a Unix socket: whatever comes goes back, on one thread.
final class EchoFloor: Sendable {
    let path: String
    private let listener: Int32
    private let isOver = Mutex(false)

    init(_ path: String) throws {
        self.path = path
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = SocketLoad.address(of: path)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0, listen(listener, 256) == 0 else { throw Measure.Failure("\(path): \(String(cString: strerror(errno)))") }
    }

    func run() async throws {
        try await onThread { [self] in
            var watched = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            defer { for each in watched { close(each.fd) } }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while !isOver.withLock({ $0 }) {
                guard poll(&watched, nfds_t(watched.count), 100) > 0 else { continue }
                for index in 1..<max(1, watched.count) where watched[index].revents != 0 {
                    let count = recv(watched[index].fd, &buffer, buffer.count, 0)
                    if count > 0 { send(watched[index].fd, buffer, count, Int32(MSG_NOSIGNAL)) } else { close(watched[index].fd) }
                    if count <= 0 { watched[index].fd = -1 }
                }
                watched.removeAll { $0.fd < 0 }
                if watched[0].revents != 0 { watched.append(pollfd(fd: accept(listener, nil, nil), events: Int16(POLLIN), revents: 0)) }
            }
        }
        unlink(path)
    }

    func end() { isOver.withLock { $0 = true } }
}
