import Foundation
import Glibc
import Logging
import Testing

@testable import WaproDaemon

/// libsystemd's own way to the journal, up to the socket of a journald that stands in.
struct JournalTests {
    @Test(.enabled(if: OwnMounts.isPermitted, "mounting for one thread is not permitted here"))
    func `an entry reaches the journal with its fields`() async {
        await #expect(processExitsWith: .success) {
            // The mounts are this thread's alone, and nothing below changes threads.
            try #require(OwnMounts.enter())
            try #require(mkdir("/run/systemd", 0o755) == 0 && mkdir("/run/systemd/journal", 0o755) == 0)
            let journald = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "/run/systemd/journal/socket".utf8) }
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(journald, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
            try #require(bound == 0)

            let logger = Logger(label: "wapro.test") { LogDestination.journal.handler(label: $0, level: .info) }
            logger.event(.ready, .notice, "serving\nPRIORITY=0", metadata: ["numbers": "3"])

            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(journald, &buffer, buffer.count, 0)
            try #require(count > 0)
            let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
            for expected in [
                "MESSAGE=serving\\nPRIORITY=0", "PRIORITY=5", "WAPRO_NUMBERS=3", "MESSAGE_ID=\(OperatorEvent.ready.messageID)",
                "SYSLOG_IDENTIFIER=waprod",
            ] {
                #expect(lines.contains(expected), "\(lines)")
            }
            #expect(!lines.contains("PRIORITY=0"))
        }
    }
}

/// A view of the file system with an empty `/run`, for the calling thread only.
private enum OwnMounts {
    /// Tried on a thread that ends afterwards.
    static let isPermitted: Bool = {
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var result = false
        Thread {
            result = enter()
            done.signal()
        }.start()
        done.wait()
        return result
    }()

    static func enter() -> Bool {
        // Glibc's module does not show unshare(2), which is an extension of Linux.
        guard let symbol = dlsym(nil, "unshare") else { return false }
        let unshare = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
        let newMountNamespace: Int32 = 0x20000
        return unshare(newMountNamespace) == 0 && mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0
            && mount("none", "/run", "tmpfs", 0, nil) == 0
    }
}
