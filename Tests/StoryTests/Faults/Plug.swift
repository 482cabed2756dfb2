import Foundation
import Testing

@testable import MetaSim

/// A TCP or Unix connection by hand, for what no client does.
final class Plug: @unchecked Sendable {
    let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Connects on loopback; nil when it is refused.
    static func tcp(_ port: Int) -> Plug? {
        let plug = Plug(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return plug.connect(&address) ? plug : nil
    }

    static func unix(_ path: String) -> Plug? {
        let plug = Plug(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return plug.connect(&address) ? plug : nil
    }

    private func connect<Address>(_ address: inout Address) -> Bool {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
            }
        }
    }

    /// Sends a request and reads what comes back first.
    func exchange(_ text: String) -> String {
        guard send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count else { return "" }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    /// Sends a line and reads the next whole one.
    func line(for request: String) throws -> String {
        let line = request + "\n"
        try #require(send(descriptor, line, line.utf8.count, Int32(MSG_NOSIGNAL)) == line.utf8.count)
        return nextLine()
    }

    func nextLine() -> String {
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = recv(descriptor, &byte, 1, 0)
            // A signal, as the end of a child, is no end.
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != 0x0A else { break }
            answer.append(byte)
        }
        return String(decoding: answer, as: UTF8.self)
    }

    /// Posts a webhook that says nothing, signed as Meta signs; the answer's header.
    static func webhook(to port: Int) async throws -> String {
        let body = #"{"object":"whatsapp_business_account","entry":[]}"#
        let signature = Signature.hmac(Array(body.utf8), key: StandardWorld.appSecret)
        let request =
            "POST /webhook/main HTTP/1.1\r\nhost: here\r\ncontent-length: \(body.utf8.count)\r\n"
            + "x-hub-signature-256: sha256=\(signature)\r\n\r\n\(body)"
        return try await offPool { try #require(tcp(port)).exchange(request) }
    }
}
