import Foundation

/// A program of the system that breaks things.
struct Tool: Sendable {
    let path: String

    static let mount = Tool(path: "/usr/bin/mount")
    static let unmount = Tool(path: "/usr/bin/umount")
    static let strace = Tool(path: "/usr/bin/strace")
    static let prlimit = Tool(path: "/usr/bin/prlimit")
    static let sockets = Tool(path: "/usr/bin/ss")
    static let activator = Tool(path: "/usr/bin/systemd-socket-activate")
    static let curl = Tool(path: "/usr/bin/curl")

    /// It is there, and we may do with it what only root may.
    var isUsable: Bool { geteuid() == 0 && FileManager.default.isExecutableFile(atPath: path) }

    @discardableResult
    func run(_ arguments: String...) async throws -> (status: Int32, words: String) {
        try await offPool { try runHere(arguments) }
    }

    /// Keeps its thread until the end.
    func runHere(_ arguments: [String]) throws -> (status: Int32, words: String) {
        let process = try start(arguments)
        let output = process.standardOutput as? Pipe
        let words = String(decoding: output?.fileHandleForReading.readDataToEndOfFile() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, words)
    }

    func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return process
    }
}

/// Does what blocks on a thread of its own: the few of the pool are everybody's, also the simulated Meta's.
func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
}

/// A disk of our own, small enough to be filled.
struct SmallDisk {
    let folder: String
    private var ballast: String { folder + "/ballast" }

    /// Whether this process may mount one: root in a container often may not.
    static let isPossible: Bool = {
        guard Tool.mount.isUsable, let disk = try? SmallDisk(megabytes: 1) else { return false }
        disk.remove()
        return true
    }()

    struct Refused: Error {
        let words: String
    }

    init(megabytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("wapro-disk-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (status, words) = try Tool.mount.runHere(["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700", "tmpfs", folder])
        guard status == 0 else {
            try? FileManager.default.removeItem(atPath: folder)
            throw Refused(words: words)
        }
    }

    /// Takes all the room that is left.
    func fill() {
        let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(file) }
        for size in [1 << 16, 1 << 12, 1] {
            let piece = [UInt8](repeating: 0, count: size)
            while write(file, piece, size) > 0 {}
        }
    }

    func makeRoom() {
        unlink(ballast)
    }

    func remove() {
        _ = try? Tool.unmount.runHere([folder])
        try? FileManager.default.removeItem(atPath: folder)
    }
}
