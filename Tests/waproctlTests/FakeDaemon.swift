import Dispatch
import Foundation
import Synchronization
import WaproRPC

/// Listens on a socket and answers each connection's first line with the same bytes, whatever was asked.
final class FakeDaemon: Sendable {
    let path = NSTemporaryDirectory() + "wapro-fake-\(UUID().uuidString.prefix(8))"
    private let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    private let isStopped = Mutex(false)

    init(answer: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        precondition(bound == 0 && listen(descriptor, 16) == 0)
        Thread.detachNewThread { [descriptor] in
            while case let connection = accept(descriptor, nil, nil), connection >= 0 {
                var bytes = [UInt8](repeating: 0, count: 1 << 16)
                if read(connection, &bytes, bytes.count) > 0 { _ = send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL)) }
                close(connection)
            }
            close(descriptor)
        }
    }

    /// One that answers with a result. The first request of a connection has the number 1.
    convenience init(result: JSONValue) {
        self.init(answer: JSONValue.object(["jsonrpc": "2.0", "id": 1, "result": result]).compact + "\n")
    }

    func stop() {
        guard
            !isStopped.withLock({ stopped in
                defer { stopped = true }; return stopped
            })
        else { return }
        unlink(path)
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    deinit { stop() }
}

/// Runs scripts in which `waproctl` is the program that was built.
enum Bash {
    private static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    private static let queue = DispatchQueue(label: "bash", attributes: .concurrent)

    /// What it prints, standard error too, and its exit status.
    static func run(_ script: String, daemon: FakeDaemon? = nil) async throws -> (status: Int32, output: String) {
        defer { withExtendedLifetime(daemon) {} }
        let head = "PATH=\(program.path):$PATH WAPRO_SOCKET=\(daemon?.path ?? "/nowhere")\nexport PATH WAPRO_SOCKET\n"
        return try await withFile(head + script) { try await open("bash \($0) 2>&1 </dev/null") }
    }

    /// What somebody sees who types this into bash, where `show` prints its arguments, is completed as `waproctl` is, and does nothing.
    static func type(_ keys: String, daemon: FakeDaemon) async throws -> [String] {
        defer { withExtendedLifetime(daemon) {} }
        let start = """
            PATH=\(program.path):$PATH WAPRO_SOCKET=\(daemon.path); export PATH WAPRO_SOCKET; cd /; unset HISTFILE
            source <(waproctl completion bash); complete -o default -F _waproctl show; show() { printf '<%s>' "$@"; echo; }
            waproctl() { command waproctl --timeout 1m "$@"; }

            """
        let output = try await withFile(start + keys) { file in
            try await open("TERM=dumb INPUTRC=/dev/null setsid -w bash --norc --noprofile -i <\(file) 2>/dev/null").output
        }
        return output.split(separator: "\n").map(String.init).filter { $0.hasPrefix("<") }
    }

    private static func withFile<Value>(_ text: String, _ body: (String) async throws -> Value) async throws -> Value {
        let path = NSTemporaryDirectory() + "wapro-bash-\(UUID().uuidString.prefix(8))"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { unlink(path) }
        return try await body(path)
    }

    private static func open(_ command: String) async throws -> (status: Int32, output: String) {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                guard let pipe = popen(command, "r") else { return continuation.resume(throwing: CocoaError(.fileReadUnknown)) }
                var (bytes, piece) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 12))
                while case let count = fread(&piece, 1, piece.count, pipe), count > 0 { bytes += piece.prefix(count) }
                continuation.resume(returning: (pclose(pipe) >> 8 & 0xFF, String(decoding: bytes, as: UTF8.self)))
            }
        }
    }
}
