import Testing

/// A daemon that is started again whenever it ends, as systemd does it.
actor KeptDaemon {
    private let stage: Stage
    private let rate: Int
    private var process: DaemonProcess
    private var environment: [String: String]
    private var earlierWords = ""
    /// How it ended, each time.
    private(set) var endings: [DaemonProcess.Ending] = []

    /// - Parameter environment: of the first start only; the later ones have nothing special about them.
    init(_ stage: Stage, rate: Int = 5000, environment: [String: String] = [:]) throws {
        (self.stage, self.rate, self.environment) = (stage, rate, environment)
        process = try stage.launch(rate: rate, environment: environment)
    }

    /// What all of them have said.
    var words: String { earlierWords + process.words }

    var pid: Int32 { process.pid }

    /// Keeps it running until the task is cancelled.
    func keep() async throws {
        while !Task.isCancelled {
            if let ending = process.isOver { try restart(after: ending) }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private func restart(after ending: DaemonProcess.Ending) throws {
        earlierWords += process.words
        // Its port was taken by somebody's connection: it never came up, so nothing of the story has happened.
        if ending != .status(69) {
            endings.append(ending)
            environment = [:]
        }
        process = try stage.launch(rate: rate, environment: environment)
    }

    func kill() {
        process.kill()
    }

    /// Stops the one that runs; nobody keeps it any more.
    func stop() async throws -> DaemonProcess.Ending {
        process.interrupt()
        return try await process.over()
    }

    /// Runs `body` while the daemon is kept, and stops it.
    static func keep(_ daemon: KeptDaemon, during body: @escaping @Sendable () async throws -> Void) async throws {
        let result = await withTaskGroup(of: Result<Void, any Error>.self) { group in
            group.addTask {
                do { return .success(try await daemon.keep()) } catch { return .failure(error) }
            }
            group.addTask {
                do { return .success(try await body()) } catch { return .failure(error) }
            }
            let first = await group.next() ?? .success(())
            group.cancelAll()
            await group.waitForAll()
            return first
        }
        do { try result.get() } catch {
            await daemon.kill()
            throw error
        }
    }
}
