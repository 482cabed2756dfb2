import Glibc
import NIOPosix

/// A client that sends bytes as they are, on threads of its own so that its waiting holds nobody up.
struct RawSocket: Sendable {
    let descriptor: CInt

    init?(_ path: String) {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            sent += count
        }
    }

    func endInput() { shutdown(descriptor, CInt(SHUT_WR)) }
    func end() { close(descriptor) }

    /// As `recv`; a signal, as the end of a child of another test, is no end.
    private func receive(_ buffer: inout [UInt8]) -> Int {
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// Everything until the daemon closes.
    func rest() async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = receive(&buffer)
                if count < 0 { return "errno \(errno) after \(String(decoding: all, as: UTF8.self))" }
                if count == 0 { break }
                all += buffer.prefix(count)
            }
            return String(decoding: all, as: UTF8.self)
        }
    }

    /// One line without its end.
    func line() async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            var all: [UInt8] = []
            var byte: [UInt8] = [0]
            while receive(&byte) == 1, byte[0] != UInt8(ascii: "\n") { all.append(byte[0]) }
            return String(decoding: all, as: UTF8.self)
        }
    }
}

/// A path for a socket in a folder of its own, removed afterwards.
func withSocketPath<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    var template = Array("/tmp/wapro-wire-XXXXXX".utf8CString)
    guard let folder = mkdtemp(&template).map({ String(cString: $0) }) else { throw POSIXFailure(number: errno) }
    defer {
        unlink("\(folder)/s")
        rmdir(folder)
    }
    return try await body("\(folder)/s")
}

struct POSIXFailure: Error {
    let number: CInt
}
