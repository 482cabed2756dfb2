import Glibc

/// Reads a regular file that is expected to be small: the configuration, a secret.
enum SmallFile {
    /// The content, and the permission bits of the very file that was read.
    struct Content {
        let bytes: [UInt8]
        let mode: mode_t

        /// Nil when the bytes are not UTF-8.
        var text: String? { String(validating: bytes, as: UTF8.self) }
        var isReadableByEverybody: Bool { mode & S_IROTH != 0 }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// - Parameter limit: bytes; a larger file is refused.
    static func read(_ path: String, limit: Int) throws(Complaint) -> Content {
        // O_NONBLOCK: opening a named pipe must not hang the daemon's start.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw Complaint("\(quoted(path)) cannot be read: \(reason(errno))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Complaint("\(quoted(path)) cannot be read: \(reason(errno))") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Complaint("\(quoted(path)) is not a regular file") }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count <= limit {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + count, $0.count - count) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Complaint("\(quoted(path)) cannot be read: \(reason(errno))") }
            guard got > 0 else { break }
            count += got
        }
        guard count <= limit else { throw Complaint("\(quoted(path)) is larger than \(ByteSize.render(limit))") }
        return Content(bytes: Array(bytes[..<count]), mode: status.st_mode)
    }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file"
        case EACCES, EPERM: "permission denied to user \(geteuid()); check its owner and mode"
        case let other: String(cString: strerror(other))
        }
    }
}
