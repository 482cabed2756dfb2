import MetaSim

extension Configuration {
    /// A simulated Meta that answers at once, limits nothing and sends no webhooks.
    static var bench: Configuration {
        var configuration = Configuration()
        configuration.knobs.throughputPerSecond = -1
        configuration.knobs.pairGapMilliseconds = 0
        configuration.knobs.magicNumbers = false
        configuration.knobs.sendsStatuses = false
        configuration.knobs.replyShare = 0
        return configuration
    }
}
