import Glibc
import Testing

@testable import WaproDaemon

/// What is done with a socket that systemd passed. That they are found and served is in `ActivationStories`.
struct ListenersTests {
    @Test func `sockets are taken by name, and one that nobody knows is told of`() throws {
        let (control, webhook, second, stranger) = (listening(AF_UNIX), listening(AF_INET), listening(AF_INET), listening(AF_INET))
        defer { for descriptor in [control, webhook, second] { close(descriptor) } }
        var listeners = Listeners()
        try listeners.take(control, named: "control")
        try listeners.take(webhook, named: "webhook")
        try listeners.take(second, named: "webhook")
        try listeners.take(stranger, named: "old")
        #expect(listeners.control == [control] && listeners.webhook == [webhook, second] && listeners.unknown == ["old"])
    }

    @Test(arguments: [
        ("webhook", AF_INET, SOCK_DGRAM), ("webhook", AF_INET, SOCK_STREAM), ("control", AF_UNIX, SOCK_DGRAM),
        ("control", AF_UNIX, SOCK_STREAM),
    ])
    func `a datagram socket, or one that does not listen, is refused by name`(name: String, family: Int32, kind: __socket_type) throws {
        let wrong = socket(family, Int32(kind.rawValue), 0)
        defer { close(wrong) }
        try expectRefusal(of: wrong, as: name)
    }

    @Test func `a TCP socket is not a control socket`() throws {
        let wrong = listening(AF_INET)
        defer { close(wrong) }
        try expectRefusal(of: wrong, as: "control")
    }

    private func expectRefusal(of descriptor: Int32, as name: String) throws {
        var listeners = Listeners()
        let refusal = #expect(throws: ListenerRefusal.self) { try listeners.take(descriptor, named: name) }
        #expect(refusal?.description.contains("systemctl cat waprod-\(name).socket") == true)
        #expect(listeners == Listeners())
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
