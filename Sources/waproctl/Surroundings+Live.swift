import Dispatch
import Synchronization
import WaproWire

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension Surroundings {
    static let live = Surroundings(
        write: { lines, inColor, usesPager in
            let text = lines.map { $0.rendered(inColor: inColor) + "\n" }.joined()
            if !usesPager || !Pager.show(text, lines: lines.count) { StandardStreams.print(text) }
        },
        complain: { StandardStreams.complain($0.string) },
        outputWidth: terminalWidth(STDOUT_FILENO),
        outputIsTerminal: isatty(STDOUT_FILENO) == 1,
        inputIsTerminal: isatty(STDIN_FILENO) == 1,
        errorsAreTerminal: isatty(STDERR_FILENO) == 1,
        errorsWidth: { terminalWidth(STDERR_FILENO) },
        variable: { getenv($0).map { String(cString: $0) } },
        key: {
            let words = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
            return "\(String(words.0, radix: 36))-\(String(words.1, radix: 36))"
        },
        read: { path in try file(path) },
        now: { .now },
        pause: { try await ContinuousClock().sleep(for: $0) },
        prompt: { question in
            guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
            StandardStreams.complain(question.string)
            return readLine()
        },
        askSecret: { question in
            guard isatty(STDIN_FILENO) == 1 else { return nil }
            StandardStreams.ask(question.string)
            return withoutEcho {
                defer { StandardStreams.ask("\n") }
                return readLine() ?? ""
            }
        },
        showManual: { Pager.showManual($0) },
        onInterrupt: { Interrupt.say($0) },
        connect: { path, options, body in try await UnixClient.connect(path, options: options, body) }
    )

    private static func terminalWidth(_ descriptor: CInt) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    private static func readBytes(_ descriptor: CInt, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
        #if canImport(Musl)
            Musl.read(descriptor, start, count)
        #else
            Glibc.read(descriptor, start, count)
        #endif
    }

    /// Whatever ends it gives the terminal its echo back.
    private static func withoutEcho<Value>(_ body: () -> Value) -> Value {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return body() }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        Echo.before = before
        let ends = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]
        let old = ends.map { number in
            signal(number) { number in
                tcsetattr(STDIN_FILENO, TCSANOW, &Echo.before)
                _exit(128 + number)
            }
        }
        // Stopped, it would leave the shell without echo.
        let stop = signal(SIGTSTP, SIG_IGN)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &before)
            for (number, handler) in zip(ends, old) { signal(number, handler) }
            signal(SIGTSTP, stop)
        }
        return body()
    }

    private static func file(_ path: String) throws -> PieceReader {
        if path == "-", StandardStreams.inputIsClosed { throw Ending(Ending.noInput, "Standard input is closed.") }
        let place = path == "-" ? "standard input" : path
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Ending(Ending.noInput, "Cannot read \(place): \(String(cString: strerror(errno))).")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            throw Ending(Ending.noInput, "Cannot read \(place): it is a folder.")
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
                    throw Ending(Ending.ioError, "Cannot read \(place): \(String(cString: strerror(errno))).")
                }
            }
            return Array(bytes.prefix(filled))
        }
    }
}

/// What the terminal was like, for the handler of a signal.
private enum Echo {
    nonisolated(unsafe) static var before = termios()
}

/// Ctrl-C in the middle of what goes on without us.
private enum Interrupt {
    private static let words = Mutex<TerminalText?>(nil)
    nonisolated(unsafe) private static let source = {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            guard !Pager.isShown.withLock({ $0 }) else { return }
            if let words = words.withLock({ $0 }) { StandardStreams.complain(words.string) }
            exit(Ending.interrupted)
        }
        source.resume()
        return source
    }()

    static func say(_ text: TerminalText) {
        words.withLock { $0 = text }
        _ = source
    }
}
