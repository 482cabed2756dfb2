import MetaSim

extension Configuration {
    /// A simulated Meta that takes its time to answer, so that there is always something on the wire.
    static var torture: Configuration {
        var configuration = Configuration()
        configuration.knobs.timeScale = 0.005
        configuration.knobs.latencyMilliseconds = 20
        configuration.knobs.latencyJitterMilliseconds = 40
        configuration.knobs.magicNumbers = false
        return configuration
    }
}
