// A release build has no failpoints.
#if DEBUG
    import Testing
    import WaproCore

    @testable import WaproDaemon

    struct FailpointsTests {
        @Test func `the variable is a list of points, each with an action and a count`() throws {
            let orders = try Failpoints.parse("commit.before.sending=kill@3,rpc.after=delay@1")
            #expect(
                orders == [
                    Failpoints.Order(point: .commitBeforeSending, action: .kill, nth: 3),
                    Failpoints.Order(point: .rpcAfter, action: .delay, nth: 1),
                ]
            )
        }

        @Test(arguments: ["commit.before=kill@1", "rpc.after=explode@1", "rpc.after=kill", "rpc.after=kill@0", "rpc.after", "=kill@1"])
        func `what names no point, no action or no count is refused`(text: String) {
            #expect(throws: DaemonFailure.self) { try Failpoints.parse(text) }
        }

        @Test func `an error happens once, at the hit that was asked for`() {
            let failpoints = Failpoints([Failpoints.Order(point: .sendBefore, action: .error, nth: 2)])
            #expect((0..<4).map { _ in failpoints.reached(.sendBefore) } == [nil, .error, nil, nil])
            #expect(failpoints.reached(.sendLeft) == nil)
        }

        @Test func `a disk that is full somewhere is full at every commit, and at no network write`() {
            let failpoints = Failpoints([Failpoints.Order(point: .sendBefore, action: .full, nth: 1)])
            #expect(failpoints.reached(.commitBeforeJournal) == nil)
            #expect(failpoints.reached(.sendBefore) == nil)
            #expect(failpoints.reached(.commitBeforeJournal) == .full)
            #expect(failpoints.reached(.webhookBefore) == nil)
        }
    }
#endif
