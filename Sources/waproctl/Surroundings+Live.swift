import WaproWire

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension Surroundings {
    static let live = Surroundings(
        print: { write($0.string + "\n", to: STDOUT_FILENO) },
        complain: { write($0.string, to: STDERR_FILENO) },
        outputWidth: terminalWidth(STDOUT_FILENO),
        errorsAreTerminal: isatty(STDERR_FILENO) == 1,
        variable: { getenv($0).map { String(cString: $0) } },
        key: {
            let words = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
            return "\(String(words.0, radix: 36))-\(String(words.1, radix: 36))"
        },
        read: { path in try file(path) },
        pause: { try await ContinuousClock().sleep(for: $0) },
        connect: { path, body in try await UnixClient.connect(path, body) }
    )

    private static func terminalWidth(_ descriptor: CInt) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    private static func write(_ text: String, to descriptor: CInt) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                // Nobody reads any more (`| head`): end as a program does that SIGPIPE ends.
                if errno == EPIPE { exit(141) }
                exit(Ending.ioError)
            }
        }
    }

    private static func writeBytes(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Musl)
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private static func readBytes(_ descriptor: CInt, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
        #if canImport(Musl)
            Musl.read(descriptor, start, count)
        #else
            Glibc.read(descriptor, start, count)
        #endif
    }

    private static func file(_ path: String) throws -> PieceReader {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Ending(Ending.noInput, "Cannot read \(path): \(String(cString: strerror(errno))).")
        }
        return PieceReader { size in
            var bytes = [UInt8](repeating: 0, count: size)
            var filled = 0
            while filled < size {
                let count = bytes.withUnsafeMutableBytes { readBytes(descriptor, $0.baseAddress! + filled, size - filled) }
                if count == 0 { break }
                if count > 0 {
                    filled += count
                } else if errno != EINTR {
                    throw Ending(Ending.ioError, "Cannot read \(path): \(String(cString: strerror(errno))).")
                }
            }
            return Array(bytes.prefix(filled))
        }
    }
}
