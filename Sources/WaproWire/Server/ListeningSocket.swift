#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A Unix socket that listens. From the moment it exists, callers queue; a `UnixServer` takes it over and closes it.
public struct ListeningSocket: Sendable {
    let descriptor: CInt
    /// The path with the file that we put there; nil for a descriptor that was handed over, whose file is not ours.
    private let bound: (path: String, device: dev_t, inode: ino_t)?

    /// Connections that the kernel queues; the system's own limit (`net.core.somaxconn`) may be lower.
    static let backlog: CInt = 4096

    /// Takes over a listening descriptor (systemd's socket activation). Its file is never removed.
    public static func adopt(_ descriptor: CInt) throws(SocketFailure) -> ListeningSocket {
        var isListening: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        var address = sockaddr_storage()
        var addressSize = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isUnix = withUnsafeMutableBytes(of: &address) { bytes in
            getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &addressSize) == 0
        }
        guard isUnix, CInt(address.ss_family) == AF_UNIX,
            getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0, isListening == 1
        else { throw .unfitDescriptor(descriptor) }
        return ListeningSocket(descriptor: descriptor, bound: nil)
    }

    /// Listens on `path`. A socket that nobody listens on any more is replaced; a living one and any other file are left alone.
    public static func bind(_ path: String, mode: UInt32 = 0o666) throws(SocketFailure) -> ListeningSocket {
        try requireNobody(at: path)
        // Made beside the path and moved onto it when it is ready: callers find either nothing or a socket with its final mode.
        let draft = "\(path).\(getpid())"
        unlink(draft)
        let descriptor = try open(path)
        func check(_ step: String, _ result: CInt) throws(SocketFailure) {
            guard result != 0 else { return }
            let failure = SocketFailure.system(path: path, step: step, reason: String(cString: strerror(errno)))
            close(descriptor)
            unlink(draft)
            throw failure
        }
        guard let address = SocketPath(draft) else {
            close(descriptor)
            throw .tooLong(path: path)
        }
        try check("bind", address.bind(descriptor))
        try check("set the mode of", chmod(draft, mode_t(mode)))
        try check("listen on", listen(descriptor, backlog))
        var status = stat()
        try check("look at", stat(draft, &status))
        try check("create", rename(draft, path))
        return ListeningSocket(descriptor: descriptor, bound: (path, status.st_dev, status.st_ino))
    }

    /// Removes the socket's file if it is still the one that we made.
    func removeFile() {
        guard let bound else { return }
        var status = stat()
        guard stat(bound.path, &status) == 0, status.st_dev == bound.device, status.st_ino == bound.inode else { return }
        unlink(bound.path)
    }

    private static func open(_ path: String) throws(SocketFailure) -> CInt {
        let descriptor = SocketPath.socket()
        guard descriptor >= 0 else { throw .system(path: path, step: "make a socket for", reason: String(cString: strerror(errno))) }
        return descriptor
    }

    private static func requireNobody(at path: String) throws(SocketFailure) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        guard let address = SocketPath(path) else { throw .tooLong(path: path) }
        let descriptor = try open(path)
        defer { close(descriptor) }
        // Refused means that nobody has it open; anything else, a full queue too, means that somebody does.
        guard address.withPointer({ connect(descriptor, $0, $1) }) != 0, errno == ECONNREFUSED || errno == ENOENT else {
            throw .inUse(path: path)
        }
    }
}
