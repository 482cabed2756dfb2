import Glibc
import Testing

@testable import WaproDaemon

/// Sockets passed as systemd passes them: from descriptor 3 on, announced in the environment of exactly this process.
struct ListenersTests {
    @Test func `passed sockets are found by name, closed to children, and announced no more`() async {
        await #expect(processExitsWith: .success) {
            let control = listening(AF_UNIX)
            let webhook = listening(AF_INET)
            let second = listening(AF_INET)
            let stranger = listening(AF_INET)
            let found = try passing([control, webhook, second, stranger], names: "control:webhook:webhook:old") {
                let listeners = try Supervision.live.listeners()
                #expect(fcntl(3, F_GETFD) & FD_CLOEXEC != 0)
                #expect(!isListening(6))
                return listeners
            }
            #expect(found.control == [3])
            #expect(found.webhook == [4, 5])
            #expect(found.unknown == ["old"])
            #expect(getenv("LISTEN_FDS") == nil)
            #expect(getenv("LISTEN_PID") == nil)
            #expect(getenv("LISTEN_FDNAMES") == nil)
        }
    }

    @Test func `a datagram socket, or one that does not listen, is refused by name`() async {
        await #expect(processExitsWith: .success) {
            for wrong in [socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0), socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)] {
                let refusal = #expect(throws: ListenerRefusal.self) {
                    try passing([wrong], names: "webhook") { try Supervision.live.listeners() }
                }
                #expect(refusal?.description.contains("systemctl cat waprod-webhook.socket") == true)
            }
        }
    }

    @Test func `a TCP socket is not a control socket`() async {
        await #expect(processExitsWith: .success) {
            let tcp = listening(AF_INET)
            #expect(throws: ListenerRefusal.self) { try passing([tcp], names: "control") { try Supervision.live.listeners() } }
        }
    }

    @Test func `sockets meant for another process are left alone`() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "1", 1)
            setenv("LISTEN_FDS", "1", 1)
            let passed = try Supervision.live.listeners()
            #expect(passed == Listeners())
        }
    }
}

/// A listening stream socket on any free address of the family.
private func listening(_ family: Int32) -> Int32 {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    if family == AF_UNIX {
        // Only the family: the kernel chooses an abstract address (unix(7), autobind).
        var address = sockaddr(sa_family: sa_family_t(AF_UNIX), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        bind(descriptor, &address, socklen_t(MemoryLayout<sa_family_t>.size))
    }
    listen(descriptor, 16)
    return descriptor
}

/// Runs `body` with `descriptors` at 3, 4, …, and puts back what was there, which belongs to the test runner.
private func passing<Value>(_ descriptors: [Int32], names: String, _ body: () throws -> Value) rethrows -> Value {
    let moved = descriptors.map { fcntl($0, F_DUPFD, 100) }
    let saved = descriptors.indices.map { fcntl(3 + Int32($0), F_DUPFD, 200) }
    for (index, descriptor) in moved.enumerated() { dup2(descriptor, 3 + Int32(index)) }
    setenv("LISTEN_PID", "\(getpid())", 1)
    setenv("LISTEN_FDS", "\(descriptors.count)", 1)
    setenv("LISTEN_FDNAMES", names, 1)
    defer {
        for (index, descriptor) in saved.enumerated() where descriptor >= 0 { dup2(descriptor, 3 + Int32(index)) }
    }
    return try body()
}

/// Whether a descriptor is a socket that listens; another thread may have opened something else under its number by now.
private func isListening(_ descriptor: Int32) -> Bool {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value == 1
}
