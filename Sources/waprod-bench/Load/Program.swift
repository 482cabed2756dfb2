import Glibc

/// A program that is started.
struct Program: Sendable {
    let path: String

    static let waprod = Program(path: beside("waprod"))
    static let waproctl = Program(path: beside("waproctl"))

    static let this: Program = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        return Program(path: String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self))
    }()

    /// What the build put beside this program.
    private static func beside(_ name: String) -> String {
        "/" + this.path.split(separator: "/").dropLast().joined(separator: "/") + "/" + name
    }

    /// Looked for where the system keeps programs.
    static func found(_ name: String) -> Program? {
        ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }.map(Program.init)
    }

    func start(_ arguments: [String], output: String = "/dev/null", input: String = "/dev/null") throws -> pid_t {
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { (word: String) in strdup(word) }
        var variables: [UnsafeMutablePointer<CChar>?] = ["PATH=/usr/bin:/bin"].map { (word: String) in strdup(word) }
        defer { for word in words + variables { free(word) } }
        words.append(nil)
        variables.append(nil)
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO)
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, path, &files, nil, words, variables)
        guard failure == 0 else { throw Measure.Failure("\(path): \(String(cString: strerror(failure)))") }
        return pid
    }

    /// Runs it to its end; its exit status.
    func run(_ arguments: [String], input: String = "/dev/null") async throws -> Int32 {
        try await onThread { try runHere(arguments, input: input) }
    }

    func runHere(_ arguments: [String], input: String = "/dev/null") throws -> Int32 {
        let pid = try start(arguments, input: input)
        var status: Int32 = 0
        guard waitpid(pid, &status, 0) == pid else { throw Measure.Failure("\(path): \(String(cString: strerror(errno)))") }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
    }
}
