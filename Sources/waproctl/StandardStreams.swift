#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Standard input, output and error.
enum StandardStreams {
    /// Has to come first. Of one that is closed the next thing opened would have the number, such as the socket of the daemon, and what is
    /// printed would be written there. What comes in its place cannot be used either: reading and writing fail as before. Only what is said
    /// on standard error is lost without a failure.
    static func secure() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest number that is free is this one.
            _ = open("/dev/null", mode)
        }
        // Whoever does not read standard error ends nothing by that.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Whether standard input was closed when we were started.
    static var inputIsClosed: Bool { fcntl(STDIN_FILENO, F_GETFL) & (O_WRONLY | O_RDWR) == O_WRONLY }

    /// Prints a result. When that fails it ends the process: whoever waits for the result must learn that it is not there.
    static func print(_ text: String) {
        guard let code = write(text, to: STDOUT_FILENO) else { return }
        // Nobody reads any more (`| head`): end as a program does that SIGPIPE ends.
        if code == EPIPE { exit(Ending.nobodyReads) }
        let why = code == EBADF ? "it is closed" : String(cString: strerror(code))
        complain(Ending(Ending.ioError, "Standard output cannot be written: \(why).").text.string)
        exit(Ending.ioError)
    }

    /// Says something beside the result. Nothing fails by its failure.
    static func complain(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// Asks whoever types, wherever standard error goes.
    static func ask(_ text: String) {
        guard isatty(STDERR_FILENO) != 1 else { return complain(text) }
        let terminal = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return }
        _ = write(text, to: terminal)
        close(terminal)
    }

    /// Why it failed.
    private static func write(_ text: String, to descriptor: CInt) -> CInt? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EAGAIN {
                // Somebody else has made it so that nothing waits there.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }

    private static func write(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Musl)
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
