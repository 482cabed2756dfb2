import Glibc
import Logging
import ServiceLifecycle
import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

@Suite struct DispatcherTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func dispatcher(of fixture: Fixture, _ meta: HeldMeta, _ settings: SendingSettings = SendingSettings()) throws -> Dispatcher {
        let route = SendingRoute(phoneNumberID: "106540352242922", credentials: try GraphCredentials(token: Secret("token")))
        let sender = Sender(
            graph: GraphSender(http: meta.client, endpoint: .meta),
            routes: SendingRoutes([fixture.number: route]),
            store: fixture.store
        )
        return Dispatcher(store: fixture.store, sender: sender, settings: settings, logger: Self.logger)
    }

    /// Runs the dispatcher as the daemon does, and shuts it down when `body` is done.
    private func serve(_ dispatcher: Dispatcher, while body: () async throws -> Void, afterwards: () -> Void = {}) async throws {
        let group = ServiceGroup(services: [dispatcher], gracefulShutdownSignals: [], logger: Self.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body()
            await group.triggerGracefulShutdown()
            afterwards()
            try await tasks.waitForAll()
        }
    }

    private func finish(_ campaign: CampaignID, of fixture: Fixture) async throws {
        while true {
            let seen = fixture.store.events.rings
            if try await fixture.state(of: campaign) == .finished { return }
            _ = await fixture.store.events.wait(after: seen)
        }
    }

    @Test(.timeLimit(.minutes(5))) func `a campaign of fifty runs to its end`() async throws {
        let fixture = try await Fixture(contacts: 50, wall: .live)
        let meta = HeldMeta()
        let dispatcher = try dispatcher(of: fixture, meta)
        let campaign = try await fixture.start()
        try await serve(dispatcher) { try await finish(campaign, of: fixture) }
        let counts = try await fixture.counts(of: campaign)
        #expect(counts.kept == [.accepted: 50] && counts.counted == counts.kept)
        #expect(meta.requests == 50)
        #expect(dispatcher.vitals.accepted == 50)
        #expect(dispatcher.vitals.inFlight(of: fixture.number) == 0)
    }

    @Test(.timeLimit(.minutes(5))) func `a campaign that is started while the dispatcher sleeps wakes it`() async throws {
        let fixture = try await Fixture(contacts: 5, wall: .live)
        let meta = HeldMeta()
        try await serve(try dispatcher(of: fixture, meta)) {
            let first = try await fixture.start("first")
            try await finish(first, of: fixture)
            let second = try await fixture.start("second")
            try await finish(second, of: fixture)
        }
        #expect(meta.requests == 10)
    }

    @Test(.timeLimit(.minutes(5))) func `there are never more requests than the client takes`() async throws {
        let fixture = try await Fixture(contacts: 30, wall: .live)
        let meta = HeldMeta(room: 5, holds: true)
        let campaign = try await fixture.start()
        try await serve(try dispatcher(of: fixture, meta)) {
            await meta.waitFor(requests: 5)
            meta.release()
            try await finish(campaign, of: fixture)
        }
        #expect(meta.mostAtOnce == 5 && meta.requests == 30)
    }

    @Test(.timeLimit(.minutes(5))) func `a graceful shutdown writes down what was on the wire and leaves no intent`() async throws {
        let fixture = try await Fixture(contacts: 50, wall: .live)
        let meta = HeldMeta(room: 5, holds: true)
        let campaign = try await fixture.start()
        try await serve(try dispatcher(of: fixture, meta)) {
            await meta.waitFor(requests: 5)
        } afterwards: {
            meta.release()
        }
        let counts = try await fixture.counts(of: campaign)
        #expect(counts.kept == counts.counted)
        #expect(counts.kept[.sending] == nil && counts.kept[.inDoubt] == nil)
        #expect(counts.kept[.accepted] == meta.requests)
        #expect(counts.kept.values.reduce(0, +) <= 50)
    }

    @Test(.timeLimit(.minutes(5))) func `what was answered before a shutdown's limit is written down, though the store is busy then`()
        async throws
    {
        let fixture = try await Fixture(contacts: 5, wall: .live)
        let meta = HeldMeta(room: 5, holds: true)
        var settings = SendingSettings()
        (settings.drain, settings.lastWords) = (.milliseconds(50), .seconds(60))
        let campaign = try await fixture.start()
        let running = try dispatcher(of: fixture, meta, settings)
        try await serve(running) {
            await meta.waitFor(requests: 5)
            fixture.store.submit(.control) { _ in
                usleep(400_000)
            } done: { _ in
            }
            meta.release()
            while running.vitals.accepted < 5 { try await Task.sleep(for: .milliseconds(1)) }
        }
        let counts = try await fixture.counts(of: campaign)
        #expect(counts.kept[.sending] == nil && counts.kept[.accepted] == meta.requests)
    }

    @Test(.timeLimit(.minutes(5))) func `a shutdown does not wait for answers longer than it may`() async throws {
        let fixture = try await Fixture(contacts: 10, wall: .live)
        let meta = HeldMeta(room: 5, holds: true)
        var settings = SendingSettings()
        settings.drain = .milliseconds(50)
        _ = try await fixture.start()
        let dispatcher = try dispatcher(of: fixture, meta, settings)
        let group = ServiceGroup(services: [dispatcher], gracefulShutdownSignals: [], logger: Self.logger)
        let ended = try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                try await group.run()
                return true
            }
            await meta.waitFor(requests: 5)
            await group.triggerGracefulShutdown()
            // What ends the test when the dispatcher waits all the same.
            tasks.addTask {
                try await Task.sleep(for: .seconds(5))
                meta.release()
                return false
            }
            let first = try await tasks.next() ?? false
            if first { tasks.cancelAll() }
            while await tasks.nextResult() != nil {}
            return first
        }
        #expect(ended)
    }
}
