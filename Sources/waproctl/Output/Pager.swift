import Synchronization

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The programs that show what is longer than the terminal: a pager, or man, which has one.
enum Pager {
    static let isShown = Mutex(false)
    /// A small system may not have it.
    private static let less = "if command -v less >/dev/null; then exec less; else exec cat; fi"

    /// False when it was not shown: it fits, or there is no pager.
    static func show(_ text: String, lines: Int) -> Bool {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, lines >= Int(size.ws_row) else { return false }
        guard let command = command(variable) else { return false }
        tell()
        setenv("LESS", "FRSXMK", 0)
        guard let pipe = popen(command, "w") else { return false }
        // Ctrl-C is the pager's while it is there.
        let before = signal(SIGINT, SIG_IGN)
        isShown.withLock { $0 = true }
        defer {
            isShown.withLock { $0 = false }
            signal(SIGINT, before)
        }
        text.withCString { _ = fputs($0, pipe) }
        // 126 and 127: there is no such program.
        return ![126, 127].contains(pclose(pipe) >> 8)
    }

    /// Shows a page of the manual; false when there is none.
    static func showManual(_ page: String) -> Bool {
        tell()
        // What man starts is to end when its reader does.
        signal(SIGPIPE, SIG_DFL)
        defer { signal(SIGPIPE, SIG_IGN) }
        // The name is one of ours.
        return system("man \(page) 2>/dev/null") == 0
    }

    /// What shows a long table; nil when nothing is to.
    static func command(_ variable: (String) -> String?) -> String? {
        if isUnderSudo(variable) { return less }
        let chosen = variable("WAPROCTL_PAGER") ?? variable("PAGER") ?? less
        return chosen.isEmpty || chosen == "cat" ? nil : chosen
    }

    /// What such a program is told: our variables, or none of them, and these. One that starts programs would start them with our rights,
    /// and sudo is a border: nothing of the caller's comes across it that may name a program, a file or an option.
    static func environment(_ variable: (String) -> String?) -> (keepsOurs: Bool, own: [String: String]) {
        guard isUnderSudo(variable) else { return (true, ["LESSSECURE": "1"]) }
        var own = ["LESSSECURE": "1", "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        // man would choose by the settings in somebody's folder otherwise.
        (own["MANPAGER"], own["PAGER"]) = ("less", "less")
        for name in harmless { own[name] = variable(name) }
        return (false, own)
    }

    private static let harmless = ["TERM", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "COLUMNS", "LINES", "MANWIDTH", "TZ"]

    private static func isUnderSudo(_ variable: (String) -> String?) -> Bool { variable("SUDO_UID") != nil }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func tell() {
        let (keepsOurs, own) = environment(variable)
        if !keepsOurs { clearenv() }
        for (name, value) in own { setenv(name, value, 1) }
    }
}
