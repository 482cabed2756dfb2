import Glibc
import Testing
import WaproReceiving
import WaproStore

@Suite(.timeLimit(.minutes(5)))
struct SocketTests {
    let store: Store

    init() throws {
        store = try Store(.memory)
    }

    @Test func `a socket that systemd passed is adopted and keeps its long queue`() async throws {
        let (descriptor, port) = try listening()
        try await withListener(store, sockets: [.descriptor(descriptor)]) { listener, adopted in
            #expect(adopted == port)
            let peer = try await Peer(port: port)
            #expect(try await peer.ask(post("{}")).status == 200)
            let length = try queue(of: port)
            #expect(length == 4096)
        }
    }

    @Test func `an address that is bound has the long queue too`() async throws {
        try await withListener(store) { _, port in
            let length = try queue(of: port)
            #expect(length == 4096)
        }
    }

    @Test func `an address that is taken is refused in words`() async throws {
        let (descriptor, port) = try listening()
        defer { close(descriptor) }
        let failure = await #expect(throws: ListenerFailure.self) {
            try await Listener(.init(apps: [shop], sockets: [.address(host: "127.0.0.1", port: port)]), store: store, logger: silent)
        }
        let words = "\(try #require(failure))"
        #expect(words == "the webhook listener cannot listen at 127.0.0.1:\(port): another process listens there")
    }

    @Test func `no more connections are accepted than may be open`() async throws {
        var limits = Listener.Limits.patient
        limits.connections = 1
        try await withListener(store, limits: limits) { _, port in
            // Accepting takes a few at once, so the cap is reached with the first handful.
            var peers: [Peer] = []
            for _ in 0..<20 { peers.append(try await Peer(port: port)) }
            for peer in peers { try await peer.send(get("/")) }
            #expect(try await peers[0].response().status == 404)
            // Further round trips on the same event loop: whatever else was accepted is answered by now.
            for _ in 0..<5 { #expect(try await peers[0].ask(get("/")).status == 404) }
            #expect(peers[19].pending == 0)
            for peer in peers.dropLast() { try await peer.close() }
            #expect(try await peers[19].response().status == 404)
        }
    }

    private func listening() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(result && listen(descriptor, 4096) == 0)
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// How many connections may wait there, as the kernel says.
    private func queue(of port: Int) throws -> Int? {
        let pipe = try #require(popen("ss -Hltn 'sport = :\(port)'", "r"))
        defer { pclose(pipe) }
        var line = [CChar](repeating: 0, count: 512)
        try #require(fgets(&line, Int32(line.count), pipe) != nil)
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Int(text.split(separator: " ")[2])
    }
}
