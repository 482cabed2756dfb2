import Testing
import WaproCore

@testable import WaproDaemon

struct LoginPatienceTests {
    private let start = Timestamp(seconds: 1_000_000)
    private let key = LoginPatience.Key(uid: 1000, name: "ada")

    @Test func `after five tries each further one waits twice as long, up to five minutes`() {
        var patience = LoginPatience()
        for _ in 0..<LoginPatience.free { #expect(patience.begin(key, at: start) == nil) }
        #expect(patience.begin(key, at: start) == .seconds(1))
        #expect(patience.begin(key, at: start.advanced(by: .milliseconds(400))) == .milliseconds(600))
        var now = start
        for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            #expect(patience.begin(key, at: now.advanced(by: .seconds(wait) - .milliseconds(1))) == .milliseconds(1))
            now = now.advanced(by: .seconds(wait))
            #expect(patience.begin(key, at: now) == nil)
        }
    }

    @Test func `a right password, an hour, and a clock that went back make it forget`() {
        for reason in 0..<3 {
            var patience = LoginPatience()
            for _ in 0..<LoginPatience.free { #expect(patience.begin(key, at: start) == nil) }
            if reason == 0 { patience.succeeded(key) }
            let now = [start, start.advanced(by: .seconds(3601)), start.advanced(by: .seconds(-10))][reason]
            for _ in 0..<LoginPatience.free { #expect(patience.begin(key, at: now) == nil) }
            #expect(patience.begin(key, at: now) == .seconds(1))
        }
    }

    @Test func `one tool's tries do not lock out another's, and what is remembered is bounded`() {
        var patience = LoginPatience()
        for _ in 0..<9 { _ = patience.begin(key, at: start) }
        #expect(patience.begin(key, at: start) != nil)
        #expect(patience.begin(LoginPatience.Key(uid: 1001, name: "ada"), at: start) == nil)
        for index in 0..<10_000 {
            _ = patience.begin(LoginPatience.Key(uid: 1, name: "user\(index)"), at: start.advanced(by: .milliseconds(index)))
        }
        #expect(patience.remembered <= 4096)
    }
}
