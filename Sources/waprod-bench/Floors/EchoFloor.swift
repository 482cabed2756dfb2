import Glibc

/// A bare echo on a Unix socket: whatever comes goes back, on one thread. It runs in a process of its own, as waprod does: a thread beside
/// the one that asks is woken on the same core, which a daemon never is.
struct EchoFloor {
    /// What asks this program to be the echo: then the path follows.
    private static let word = "--echo-floor"

    let path: String
    private let pid: pid_t

    init(_ path: String) throws {
        self.path = path
        pid = try Program.this.start([Self.word, path])
        let deadline = ContinuousClock.now + .seconds(10)
        while access(path, F_OK) != 0 {
            guard ContinuousClock.now < deadline else { throw Measure.Failure("the echo did not come up on \(path)") }
            usleep(10_000)
        }
    }

    func end() {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        unlink(path)
    }

    /// Echoes for ever, when this process was started for that.
    static func runIfAsked() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, arguments[1] == word else { return }
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = SocketLoad.address(of: arguments[2])
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0, listen(listener, 256) == 0 else { exit(1) }
        echo(listener)
    }

    private static func echo(_ listener: Int32) -> Never {
        var watched = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
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
}
