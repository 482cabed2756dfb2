import Glibc

/// Requests over kept connections, so many on the way on each; all on one thread.
struct SocketLoad: Sendable {
    enum Address: Sendable {
        case tcp(Int)
        case unix(String)
    }

    enum Framing: Sendable {
        case line
        /// HTTP/1.1 with a content-length.
        case http
    }

    struct Result: Sendable {
        /// From the first request to the last reply.
        var seconds: Double
        /// Of each, in the order of replies.
        var latencies: [Double]
        /// Replies that do not begin as they should.
        var wrong: Int
    }

    var address: Address
    var framing: Framing
    var connections: Int
    var window: Int
    /// Requests a second of all connections together; nil for as many as are answered.
    var pace: Double?
    /// How a good reply begins.
    var good: String

    func run(_ total: Int, request: @escaping @Sendable (Int) -> [UInt8]) async throws -> Result {
        try await onThread { try runHere(total, request) }
    }

    private struct Connection {
        var descriptor: Int32
        var output: [UInt8] = []
        var input: [UInt8] = []
        var sentAt: [Double] = []
        var answered = 0
        var onTheWay: Int { sentAt.count - answered }
    }

    private func runHere(_ total: Int, _ request: (Int) -> [UInt8]) throws -> Result {
        var links: [Connection] = []
        defer { for link in links { close(link.descriptor) } }
        for _ in 0..<connections { links.append(Connection(descriptor: try connect())) }
        var watched = links.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var (next, latencies, wrong) = (0, [Double](), 0)
        latencies.reserveCapacity(total)
        let good = Array(good.utf8)
        let start = Self.now
        var buffer = [UInt8](repeating: 0, count: 1 << 16)

        func fill(_ index: Int) throws {
            let due = pace.map { Int((Self.now - start) * $0) + 1 } ?? total
            while links[index].onTheWay < window, next < min(total, due) {
                links[index].output += request(next)
                // Late requests count from when they were due.
                links[index].sentAt.append(pace.map { start + Double(next) / $0 } ?? Self.now)
                next += 1
            }
            try flush(index)
        }
        func flush(_ index: Int) throws {
            while !links[index].output.isEmpty {
                let count = links[index].output.withUnsafeBytes {
                    send(links[index].descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count >= 0 else {
                    guard errno == EAGAIN else { throw Measure.Failure("send: \(String(cString: strerror(errno)))") }
                    break
                }
                links[index].output.removeFirst(count)
            }
            watched[index].events = Int16(links[index].output.isEmpty ? POLLIN : POLLIN | POLLOUT)
        }
        func read(_ index: Int) throws {
            while true {
                let count = recv(links[index].descriptor, &buffer, buffer.count, 0)
                guard count != 0 else { throw Measure.Failure("the server closed a connection") }
                guard count > 0 else {
                    guard errno == EAGAIN else { throw Measure.Failure("recv: \(String(cString: strerror(errno)))") }
                    break
                }
                links[index].input += buffer[0..<count]
                if count < buffer.count { break }
            }
            let now = Self.now
            var taken = 0
            while let length = framing.length(links[index].input[taken...]) {
                if !links[index].input[taken...].starts(with: good) { wrong += 1 }
                taken += length
                latencies.append(now - links[index].sentAt[links[index].answered])
                links[index].answered += 1
            }
            links[index].input.removeFirst(taken)
        }

        for index in 0..<connections { try fill(index) }
        while latencies.count < total {
            let count = poll(&watched, nfds_t(connections), pace == nil ? 5000 : 1)
            if pace == nil, count == 0 { throw Measure.Failure("no reply for five seconds, after \(latencies.count)") }
            for index in 0..<(count > 0 ? connections : 0) where watched[index].revents != 0 {
                if watched[index].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
                    try read(index)
                    try fill(index)
                } else {
                    try flush(index)
                }
            }
            // Whoever is free takes what is due.
            if pace != nil { for index in 0..<connections where links[index].onTheWay < window { try fill(index) } }
        }
        return Result(seconds: Self.now - start, latencies: latencies, wrong: wrong)
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func connect() throws -> Int32 {
        let descriptor: Int32
        let status: Int32
        switch address {
        case .tcp(let port):
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var one: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            status = Self.connect(descriptor, &address)
        case .unix(let path):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = Self.address(of: path)
            status = Self.connect(descriptor, &address)
        }
        guard status == 0 else { throw Measure.Failure("connect: \(String(cString: strerror(errno)))") }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return descriptor
    }

    private static func connect<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    static func address(of path: String) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return address
    }
}

extension SocketLoad.Framing {
    /// Bytes of the first whole reply; nil while it is not whole.
    func length(_ bytes: ArraySlice<UInt8>) -> Int? {
        switch self {
        case .line: return bytes.firstIndex(of: 10).map { $0 - bytes.startIndex + 1 }
        case .http:
            return bytes.withUnsafeBytes { raw -> Int? in
                guard let end = raw.offset(of: "\r\n\r\n") else { return nil }
                var length = end + 4
                // Both servers write it in lower case.
                if let field = UnsafeRawBufferPointer(rebasing: raw[..<end]).offset(of: "content-length:") {
                    let digits = raw[(field + 15)...].drop { $0 == 32 }.prefix { (48...57).contains($0) }
                    length += digits.reduce(0) { $0 * 10 + Int($1 - 48) }
                }
                return raw.count >= length ? length : nil
            }
        }
    }
}
