import Testing

@testable import WaproStore

/// Applying beside others that wait for commits.
struct ApplyingShareTests {
    private let start = ContinuousClock.now

    @Test("While others wait, applying gets a third of the time", arguments: [1, 3])
    func third(_ milliseconds: Int) {
        var share = ApplyingShare(at: start)
        var (now, applied) = (start, Duration.zero)
        for _ in 0..<1000 {
            let part = share.isUsedUp ? Duration.zero : .milliseconds(milliseconds)
            applied += part
            now += part + .milliseconds(1)
            share.note(applying: part, at: now)
        }
        let fraction = applied / start.duration(to: now)
        #expect((0.31...0.36).contains(fraction), "\(fraction)")
    }

    @Test("It is never behind for long")
    func bounded() {
        var share = ApplyingShare(at: start)
        for second in 1...60 { share.note(applying: .seconds(1), at: start + .seconds(second)) }
        share.note(applying: .zero, at: start + .seconds(60) + .milliseconds(101))
        #expect(!share.isUsedUp)
    }

    @Test("What nobody needed is not saved up")
    func noSavings() {
        var share = ApplyingShare(at: start)
        share.note(applying: .zero, at: start + .seconds(60))
        share.note(applying: .milliseconds(1), at: start + .seconds(60) + .milliseconds(2))
        #expect(share.isUsedUp)
        share.note(applying: .zero, at: start + .seconds(60) + .milliseconds(4))
        #expect(!share.isUsedUp)
    }
}
