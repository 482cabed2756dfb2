import Glibc
import Testing

@testable import WaproDaemon

/// What systemd would see. Each runs in a process of its own: environment and descriptor numbers belong to the process.
struct SupervisionTests {
    @Test func `systemd is told in one datagram for each thing, and no text adds an assignment`() async {
        await #expect(processExitsWith: .success) {
            let manager = try ServiceManagerStandIn()
            let supervision = Supervision.live
            supervision.ready("serving\nWATCHDOG=trigger")
            supervision.status("81 msg/s · Meta: ok")
            supervision.extendTimeout(.milliseconds(2500))
            supervision.ping()
            supervision.failed("the store is broken", 5)
            supervision.stopping("draining")
            #expect(manager.receive() == "READY=1\nSTATUS=serving\\nWATCHDOG=trigger")
            #expect(manager.receive() == "STATUS=81 msg/s · Meta: ok")
            #expect(manager.receive() == "EXTEND_TIMEOUT_USEC=2500000")
            #expect(manager.receive() == "WATCHDOG=1")
            #expect(manager.receive() == "STATUS=the store is broken\nERRNO=5")
            #expect(manager.receive() == "STOPPING=1\nSTATUS=draining")
        }
    }

    @Test func `the watchdog's interval is systemd's, if it is meant for this process`() async {
        await #expect(processExitsWith: .success) {
            #expect(Supervision.live.watchdogInterval() == nil)
            setenv("WATCHDOG_USEC", "30000000", 1)
            #expect(Supervision.live.watchdogInterval() == .seconds(30))
            setenv("WATCHDOG_PID", "1", 1)
            #expect(Supervision.live.watchdogInterval() == nil)
        }
    }

    @Test func `without systemd nothing happens and nothing is passed`() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            Supervision.live.ready("serving")
            let passed = try Supervision.live.listeners()
            #expect(passed == Listeners())
        }
    }

    @Test func `a test that uses a member it did not set ends by name`() async {
        await #expect(processExitsWith: .failure) { Supervision.trapping.ping() }
    }
}

/// The receiving end of `$NOTIFY_SOCKET`.
struct ServiceManagerStandIn {
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        let path = "@wapro-notify-\(getpid())"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // An abstract address: no file to clean up. Its first byte is zero, written as @ in the variable.
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: [0] + path.utf8.dropFirst()) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
        setenv("NOTIFY_SOCKET", path, 1)
    }

    /// The next datagram, which is there already: sending on a Unix socket is synchronous.
    func receive() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }
}
