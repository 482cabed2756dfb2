import Foundation
import Synchronization
import Testing
import WaproRPC
import WaproWire

/// The real program, as a child process.
final class DaemonProcess: @unchecked Sendable {
    private let process = Process()
    let log: String

    /// The program beside the test bundle, as the build puts it.
    static var program: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("waprod").path
    }

    init(configuration: String, in folder: String, arguments: [String] = [], environment: [String: String] = [:]) throws {
        let file = folder + "/waprod.yaml"
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        log = folder + "/log-\(UUID().uuidString.prefix(4))"
        #expect(FileManager.default.createFile(atPath: log, contents: nil))
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = ["--config", file] + arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        let output = try #require(FileHandle(forWritingAtPath: log))
        process.standardOutput = output
        process.standardError = output
        // Two at once have crashed in Foundation (Swift 6.3.1).
        try Self.starts.withLock { _ in try process.run() }
    }

    private static let starts = Mutex(())

    /// How a process can end.
    enum Ending: Equatable, Sendable {
        case status(Int32)
        case signal(Int32)
    }

    var pid: pid_t { process.processIdentifier }

    /// Nil while it runs.
    var isOver: Ending? {
        guard !process.isRunning else { return nil }
        return process.terminationReason == .exit ? .status(process.terminationStatus) : .signal(process.terminationStatus)
    }

    /// Waits for it to end by itself, without holding up other tests.
    func over(within limit: Duration = .seconds(15)) async throws -> Ending {
        try await eventually(within: limit) { isOver != nil }
        return try #require(isOver)
    }

    var words: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    var isRunning: Bool { process.isRunning }

    /// By the kernel: Foundation may hear of an end seconds later.
    var isGone: Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
        return stat.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    func waitUntilReady(_ socket: String) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            if (try? await UnixClient.connect(socket, { try await $0(SystemPing()) })) != nil { return }
            try #require(process.isRunning && ContinuousClock.now < deadline, "waprod did not come up: \(words)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// SIGTERM, and no waiting.
    func interrupt() {
        process.terminate()
    }

    /// SIGTERM, and the exit status.
    @discardableResult
    func stop() -> Int32 {
        process.terminate()
        return ending()
    }

    func signal(_ signal: Int32) {
        Foundation.kill(process.processIdentifier, signal)
    }

    /// Waits for it to end by itself.
    func ending() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
