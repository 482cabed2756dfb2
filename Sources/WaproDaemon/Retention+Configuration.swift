import WaproReceiving

extension Retention {
    init(_ configuration: Configuration.Retention) {
        self.init()
        journalAge = .seconds(configuration.journalDays * 86_400)
        journalBytes = configuration.journalBytes
        quarantineAge = .seconds(configuration.quarantineDays * 86_400)
        eventAge = .seconds(configuration.eventsDays * 86_400)
        eventRows = configuration.eventsRows
    }
}
