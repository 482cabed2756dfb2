import MetaSim

extension Configuration {
    /// A simulated Meta that takes its time to answer, so that there is always something on the wire, and whose webhooks come twice, in the
    /// wrong order, or before the answer. Its people say nothing by themselves: the book knows everything that was written.
    static var torture: Configuration {
        var configuration = Configuration()
        configuration.knobs.timeScale = 0.005
        configuration.knobs.latencyMilliseconds = 20
        configuration.knobs.latencyJitterMilliseconds = 40
        configuration.knobs.magicNumbers = false
        configuration.knobs.replyShare = 0
        configuration.knobs.duplicateShare = 0.05
        configuration.knobs.reorderShare = 0.05
        configuration.knobs.webhookFirstShare = 0.05
        // A fifth of a second apart: a daemon that is killed all the time must find the moment to take them.
        configuration.knobs.retryGapsSeconds = [0, 20, 40]
        // The daemon keeps its own distance; a refusal here would only slow the campaigns down.
        configuration.knobs.pairGapMilliseconds = 0
        return configuration
    }
}
