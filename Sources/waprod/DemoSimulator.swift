import MetaSim

extension Configuration {
    /// A simulated Meta for a demo: over TLS, with answers as slow as Meta's and people who live sixty times as fast.
    static func demo(rate: Int) -> Configuration {
        var configuration = Configuration()
        configuration.httpPort = nil
        configuration.httpsPort = 0
        configuration.knobs.throughputPerSecond = rate
        configuration.knobs.timeScale = 1.0 / 60
        configuration.knobs.latencyMilliseconds = 40
        configuration.knobs.latencyJitterMilliseconds = 60
        return configuration
    }
}
