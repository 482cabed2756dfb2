import Testing
import WaproCloud
import WaproCore

@testable import WaproSending
@testable import WaproStore

/// What Meta stops, and what lets it go on.
@Suite struct HaltTests {
    @Test(arguments: [(190, HaltScope.account), (0, .account), (131_048, .number), (132_015, .campaign), (131_026, nil), (424_242, nil)])
    func `a code says how far it stops`(code: Int, scope: HaltScope?) {
        #expect(HaltScope.stopped(by: code) == scope)
    }

    @Test func `where the account was the cause its other numbers go on with the one that is resumed, and no others`() async throws {
        let fixture = try await Fixture(contacts: 1)
        let (number, sibling, stranger) = (fixture.number, fixture.sibling, fixture.stranger)
        try await fixture.store.write(.control) { transaction in
            try transaction.halt(.account, campaign: nil, number: number, code: 190)
            try transaction.halt(stranger, code: 190)
            try transaction.liftHalt(of: number, wholeAccount: true)
        }
        #expect(try await fixture.halts() == [stranger: 190])
        try await fixture.store.write(.control) { transaction in
            try transaction.halt(number, code: 131_048)
            try transaction.halt(sibling, code: 131_048)
            try transaction.liftHalt(of: number, wholeAccount: false)
        }
        #expect(try await fixture.halts() == [stranger: 190, sibling: 131_048], "what is a number's own is looked at by itself")
        try await fixture.store.write(.control) { transaction in
            try transaction.halt(number, code: 190)
            try transaction.liftHalt(of: number, wholeAccount: true)
        }
        #expect(try await fixture.halts() == [stranger: 190, sibling: 131_048], "stopped for another cause")
    }
}
