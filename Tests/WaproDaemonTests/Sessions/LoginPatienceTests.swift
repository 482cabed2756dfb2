import Testing
import WaproCore

@testable import WaproDaemon

struct LoginPatienceTests {
    private let start = Timestamp(seconds: 1_000_000)
    private let key = LoginPatience.Key(uid: 1000, name: "ada")

    /// A try with a wrong password, unless it must wait.
    private func fail(_ patience: inout LoginPatience, _ key: LoginPatience.Key, at now: Timestamp) -> LoginPatience.Answer {
        let answer = patience.begin(key, at: now)
        if answer == .go { patience.end(key, .wrong, at: now) }
        return answer
    }

    @Test func `after five wrong ones each further one waits twice as long, up to five minutes`() {
        var patience = LoginPatience()
        for _ in 0..<LoginPatience.free { #expect(fail(&patience, key, at: start) == .go) }
        #expect(fail(&patience, key, at: start) == .wait(.seconds(1)))
        #expect(fail(&patience, key, at: start.advanced(by: .milliseconds(400))) == .wait(.milliseconds(600)))
        var now = start
        for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            #expect(fail(&patience, key, at: now.advanced(by: .seconds(wait) - .milliseconds(1))) == .wait(.milliseconds(1)))
            now = now.advanced(by: .seconds(wait))
            #expect(fail(&patience, key, at: now) == .go)
        }
    }

    @Test func `a right password, a new one, an hour, and a clock that went back make it forget`() {
        for reason in 0..<4 {
            var patience = LoginPatience()
            for _ in 0..<4 { #expect(fail(&patience, key, at: start) == .go) }
            if reason == 0 {
                #expect(patience.begin(key, at: start) == .go)
                patience.end(key, .right, at: start)
            }
            if reason == 3 { patience.forget("ada") }
            let now = [start, start.advanced(by: .seconds(3601)), start.advanced(by: .seconds(-10)), start][reason]
            for _ in 0..<LoginPatience.free { #expect(fail(&patience, key, at: now) == .go, "\(reason)") }
            #expect(fail(&patience, key, at: now) == .wait(.seconds(1)), "\(reason)")
        }
    }

    @Test func `what is being looked at counts as if it were wrong, and leaves no trace when no password was compared`() {
        var patience = LoginPatience()
        for _ in 0..<LoginPatience.free { #expect(patience.begin(key, at: start) == .go) }
        #expect(patience.begin(key, at: start) == .busy)
        for _ in 0..<LoginPatience.free { patience.end(key, .unknown, at: start) }
        #expect(patience.remembered == 0)
        for _ in 0..<LoginPatience.free { #expect(patience.begin(key, at: start) == .go) }
    }

    @Test func `one tool's wrong passwords do not lock out another's, and after sixty the tool itself is slowed`() {
        var patience = LoginPatience()
        for _ in 0..<9 { _ = fail(&patience, key, at: start) }
        #expect(fail(&patience, LoginPatience.Key(uid: 1001, name: "ada"), at: start) == .go)
        var passed = 0
        for index in 0..<200 where fail(&patience, LoginPatience.Key(uid: 7, name: "user\(index)"), at: start) == .go { passed += 1 }
        #expect(passed == 60)
        let later = start.advanced(by: .seconds(20))
        for index in 0..<200 where fail(&patience, LoginPatience.Key(uid: 7, name: "other\(index)"), at: later) == .go { passed += 1 }
        #expect(passed == 70)
        #expect(fail(&patience, LoginPatience.Key(uid: 8, name: "user0"), at: start) == .go)
    }

    @Test func `what is remembered is bounded, and nobody's wait is flushed by other names`() {
        var patience = LoginPatience()
        var now = start
        for count in 1...10 {
            #expect(fail(&patience, key, at: now) == .go)
            now = now.advanced(by: LoginPatience.wait(after: count))
        }
        // The next try is due now; one more, and it is 64 seconds away.
        #expect(fail(&patience, key, at: now) == .go)
        for index in 0..<10_000 {
            now = now.advanced(by: .milliseconds(1))
            // Through many tools, so that none is slowed for the tool's sake.
            #expect(fail(&patience, LoginPatience.Key(uid: UInt32(2000 + index / 50), name: "user\(index)"), at: now) == .go)
        }
        #expect(patience.remembered == 4096)
        #expect(fail(&patience, key, at: now) == .wait(.seconds(54)))
    }
}
