// A release build has no failpoints.
#if DEBUG
    import MetaSim
    import Testing
    import WaproCore
    import WaproRPC

    @Suite struct FailpointStories {
        /// The hits at which each point is walked, counted from the start of the daemon. A start itself commits as `control`, so the
        /// first of those is in the middle of a start.
        static let hits: [Failpoint: [Int]] = [
            .commitBeforeControl: [1, 8], .commitAfterControl: [1, 8],
            .commitBeforeJournal: [2], .commitAfterJournal: [2],
            .commitBeforeSending: [3], .commitAfterSending: [3],
            .commitBeforeApplying: [3], .commitAfterApplying: [3],
            .commitBeforeBackground: [1], .commitAfterBackground: [1],
            .checkpointBefore: [1], .checkpointAfter: [1],
            .sendBefore: [5], .sendLeft: [5], .sendAnswered: [5],
            .webhookBefore: [2], .webhookAfter: [2],
            .rpcBefore: [2], .rpcAfter: [2],
        ]

        struct Walk: Sendable, CustomTestStringConvertible {
            var point: Failpoint
            var action: String
            var nth: Int

            var testDescription: String { "\(point.rawValue)=\(action)@\(nth)" }

            /// How the daemon must end of it; nil when it goes on.
            var ending: DaemonProcess.Ending? {
                switch action {
                case "kill": .signal(9)
                // An I/O error on the writer ends the process: whether the commit happened is unknown.
                case "error" where point.isOfTheStore: .status(74)
                // There is no start on a disk that is full; systemd tries again.
                case "full" where point.isOfAControlCommit && nth == 1: .status(73)
                default: nil
                }
            }
        }

        static let walks = Failpoint.allCases.flatMap { point in
            ["kill", "error", "delay", "full"].flatMap { action in
                (hits[point] ?? []).map { Walk(point: point, action: action, nth: $0) }
            }
        }

        @Test func `every point is walked with every action`() {
            for point in Failpoint.allCases {
                #expect(Set(Self.walks.filter { $0.point == point }.map(\.action)).count == 4, "\(point.rawValue)")
            }
        }

        @Test(.timeLimit(.minutes(15)), arguments: walks)
        func `broken at any point, nobody is messaged twice and nobody and nothing is lost`(walk: Walk) async throws {
            try await Stage.play(Self.knobs) { stage in try await Self.play(walk, on: stage) }
        }

        @Sendable private static func knobs(_ knobs: inout Knobs) {
            knobs.latencyMilliseconds = 10
            knobs.retryGapsSeconds = [10]
            knobs.duplicateShare = 0.2
            knobs.replyShare = 0
            // The conversations were opened at the simulator of another stage.
            knobs.enforcesWindow = false
        }

        private static func play(_ walk: Walk, on stage: Stage) async throws {
            try await PreparedStore.shared.unpack(into: stage.folder)
            let daemon = try KeptDaemon(stage, rate: 200, environment: ["WAPROD_FAILPOINTS": walk.testDescription])
            let audit = Audit(stage: stage)
            let errands = Errands(stage: stage)
            try await KeptDaemon.keep(daemon) {
                let book = try await errands.run()
                if walk.point.isOfACheckpoint { try await stage.fillWAL { await daemon.words.contains("failpoint ") } }
                try await audit.settle()
                try await errands.repeatAll(book)
                try await audit.settle()
                try await audit.checkCampaign()
                try await audit.check(book)
                try await audit.check(inboundOf: Errands.newcomers)
                try await audit.checkEvents()
            }
            let (words, endings) = await (daemon.words, daemon.endings)
            #expect(words.contains("failpoint \(walk.point.rawValue)=\(walk.action)\n"), "the point was never reached: \(words)")
            #expect(endings == (walk.ending.map { [$0] } ?? []), "\(words)")
            #expect(try await daemon.stop() == .status(0))
        }
    }

    extension Failpoint {
        fileprivate var isOfTheStore: Bool { rawValue.hasPrefix("commit.") || isOfACheckpoint }
        fileprivate var isOfAControlCommit: Bool { self == .commitBeforeControl || self == .commitAfterControl }
        fileprivate var isOfACheckpoint: Bool { rawValue.hasPrefix("checkpoint.") }
    }

    extension Stage {
        /// Writes until the WAL is so large that it is moved into the database: people that nobody will write to.
        fileprivate func fillWAL(until isReached: () async -> Bool) async throws {
            for round in 0..<30 where await !isReached() {
                let csv = "phone\n" + (0..<500).map { "+4930\(20_000_000 + round * 500 + $0)\n" }.joined()
                // The daemon ends in the middle of one of these: an import is not continued by another daemon.
                _ = try? await bringIn(Array(csv.utf8), list: "padding")
            }
        }
    }
#endif
