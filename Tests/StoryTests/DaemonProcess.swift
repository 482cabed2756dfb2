import Foundation
import Synchronization
import Testing
import WaproRPC
import WaproWire

/// The real program, as a child process. Not by Foundation's `Process` (Swift 6.3.1): it hears of an end seconds late, keeps a thread of
/// those that all tests share until then, and has crashed when two were started at once.
final class DaemonProcess: Sendable {
    let pid: pid_t
    let log: String
    private let ended = Mutex<Ending?>(nil)

    /// The program beside the test bundle, as the build puts it.
    static var program: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("waprod").path
    }

    /// - Parameter starter: a command that becomes the program: what it is given as arguments.
    init(
        configuration: String,
        in folder: String,
        by starter: [String] = [],
        arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        let file = folder + "/waprod.yaml"
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        log = folder + "/log-\(UUID().uuidString.prefix(4))"
        #expect(FileManager.default.createFile(atPath: log, contents: nil))
        let words = starter + [Self.program, "--config", file] + arguments
        let variables = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }.map { "\($0.key)=\($0.value)" }
        pid = try Self.spawn(words, variables, output: log)
    }

    /// With nothing of this process but its own output: no other descriptor, no blocked or ignored signal.
    private static func spawn(_ words: [String], _ variables: [String], output: String) throws -> pid_t {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output, O_WRONLY | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO)
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let descriptor = Int32(name), descriptor > STDERR_FILENO { posix_spawn_file_actions_addclose(&files, descriptor) }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let (arguments, environment) = (words.map { strdup($0) } + [nil], variables.map { strdup($0) } + [nil])
        defer { for word in arguments + environment { free(word) } }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, words[0], &files, &attributes, arguments, environment)
        try #require(failure == 0, "\(words[0]): \(String(cString: strerror(failure)))")
        return pid
    }

    /// How a process can end.
    enum Ending: Equatable, Sendable {
        case status(Int32)
        case signal(Int32)
    }

    /// Nil while it runs.
    var isOver: Ending? { reap(WNOHANG) }

    private func reap(_ options: Int32) -> Ending? {
        ended.withLock { ended in
            var status: Int32 = 0
            guard ended == nil, waitpid(pid, &status, options) == pid else { return ended }
            ended = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
            return ended
        }
    }

    /// Waits for it to end by itself, without holding up other tests.
    func over(within limit: Duration = .seconds(15)) async throws -> Ending {
        try await eventually(within: limit) { isOver != nil }
        return try #require(isOver)
    }

    var words: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    var isRunning: Bool { isOver == nil }

    func waitUntilReady(_ socket: String) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            if (try? await UnixClient.connect(socket, { try await $0(SystemPing()) })) != nil { return }
            try #require(isRunning && ContinuousClock.now < deadline, "waprod did not come up: \(words)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    func kill() {
        signal(SIGKILL)
        _ = reap(0)
    }

    /// SIGTERM, and no waiting.
    func interrupt() {
        signal(SIGTERM)
    }

    /// SIGTERM, and the exit status.
    @discardableResult
    func stop() async throws -> Int32 {
        interrupt()
        return try await ending()
    }

    func signal(_ signal: Int32) {
        // Once it is reaped the number may be somebody else's.
        if isOver == nil { Foundation.kill(pid, signal) }
    }

    /// Waits for it to end by itself; the status, or the signal that ended it.
    func ending() async throws -> Int32 {
        switch try await over(within: .seconds(60)) {
        case .status(let status): status
        case .signal(let signal): signal
        }
    }
}
