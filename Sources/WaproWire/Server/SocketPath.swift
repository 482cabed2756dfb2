#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A path as the address of a Unix socket.
struct SocketPath {
    private var address = sockaddr_un()

    /// Nil when it does not fit.
    init?(_ path: String) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    }

    func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }

    /// A blocking stream socket of this family that is not handed to programs we start.
    static func socket() -> CInt {
        #if canImport(Musl)
            Musl.socket(AF_UNIX, CInt(SOCK_STREAM) | CInt(SOCK_CLOEXEC), 0)
        #else
            Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        #endif
    }

    func bind(_ descriptor: CInt) -> CInt {
        withPointer { pointer, size in
            #if canImport(Musl)
                Musl.bind(descriptor, pointer, size)
            #else
                Glibc.bind(descriptor, pointer, size)
            #endif
        }
    }
}
