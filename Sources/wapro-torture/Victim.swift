import Glibc
import MetaSim
import Synchronization

/// A daemon in a process of its own, with a simulated Meta beside it.
final class Victim: Sendable {
    let simulator: MetaSim
    /// Everything of the daemon's: configuration, database, log.
    let folder: String
    private let base: String
    private let port: Int
    private let child = Mutex<pid_t>(0)

    init() async throws {
        simulator = MetaSim(.torture)
        guard let base = try await simulator.start().http else { throw Failure(words: "the simulator does not listen") }
        self.base = base
        let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(temporary)/wapro-torture-\(String(repeating: "X", count: 6))".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(words: "no temporary folder: \(String(cString: strerror(errno)))") }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        port = 20_000 + Int(getpid()) % 12_000
        guard simulator.setCallback("http://127.0.0.1:\(port)/webhook/default") else { throw Failure(words: "no callback") }
        try write("waprod.yaml", configuration)
    }

    /// Starts it and waits until it answers.
    func start() async throws {
        try spawn()
        try await waitUntilReady()
    }

    func spawn() throws {
        var words: [UnsafeMutablePointer<CChar>?] = [program, "--config", "\(folder)/waprod.yaml"].map { (word: String) in strdup(word) }
        var variables: [UnsafeMutablePointer<CChar>?] = [
            "WHATSAPP_TOKEN=\(StandardWorld.accessToken)", "WHATSAPP_PHONE_NUMBER_ID=\(StandardWorld.highThroughputPhoneNumberID)",
            "WHATSAPP_BUSINESS_ACCOUNT_ID=\(StandardWorld.accountID)", "WHATSAPP_APP_SECRET=\(StandardWorld.appSecret)",
            "WHATSAPP_VERIFY_TOKEN=\(StandardWorld.verifyToken)",
        ].map { (word: String) in strdup(word) }
        defer { for word in words + variables { free(word) } }
        words.append(nil)
        variables.append(nil)
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "\(folder)/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO)
        var started: pid_t = 0
        let failure = posix_spawn(&started, program, &files, nil, words, variables)
        guard failure == 0 else { throw Failure(words: "\(program): \(String(cString: strerror(failure)))") }
        child.withLock { $0 = started }
    }

    /// SIGKILL: no handler runs, nothing is flushed. Throws when it had ended before.
    func kill() throws {
        try checkAlive()
        child.withLock { child in
            Glibc.kill(child, SIGKILL)
            var status: Int32 = 0
            waitpid(child, &status, 0)
            child = 0
        }
    }

    /// Throws when it ended by itself: nobody but us may end it.
    func checkAlive() throws {
        let status: Int32? = child.withLock { child in
            var status: Int32 = 0
            guard child > 0, waitpid(child, &status, WNOHANG) == child else { return nil }
            child = 0
            return status
        }
        if let status { throw Failure(words: "waprod ended by itself (wait status \(status)); its log says why") }
    }

    func bury(keepsFolder: Bool) async {
        try? kill()
        await simulator.stop()
        guard !keepsFolder, let entries = opendir(folder) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            unlink("\(folder)/\(name)")
        }
        closedir(entries)
        rmdir(folder)
    }

    private var configuration: String {
        """
        store: { path: \(folder)/waprod.db }
        control: { socket: \(folder)/control.sock }
        webhook: { listen: "127.0.0.1:\(port)" }
        cloud: { base_url: "\(base)", timeout: 3s, http: http1.1, connections: 64, in_flight: 64 }
        """
    }

    private func write(_ name: String, _ text: String) throws {
        let descriptor = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0, text.withCString({ Glibc.write(descriptor, $0, strlen($0)) }) == text.utf8.count else {
            throw Failure(words: "\(name) cannot be written")
        }
        close(descriptor)
    }

    /// waprod beside this program.
    private var program: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "/" + own.split(separator: "/").dropLast().joined(separator: "/") + "/waprod"
    }

    struct Failure: Error, CustomStringConvertible {
        let words: String
        var description: String { words }
    }
}
