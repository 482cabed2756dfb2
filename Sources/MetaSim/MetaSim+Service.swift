public import ServiceLifecycle

extension MetaSim: Service {
    /// Starts, answers until the service group shuts down, stops.
    public func run() async throws {
        if endpoints == nil { try await start() }
        try? await gracefulShutdown()
        await stop()
    }
}
