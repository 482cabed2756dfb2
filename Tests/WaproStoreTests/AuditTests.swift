import GRDB
import Testing
import WaproCore

@testable import WaproStore

/// The audit log: nothing is lost in it, and nothing is changed in it unseen.
@Suite struct AuditTests {
    private static func note(_ method: String, subject: String? = nil) -> AuditNote {
        AuditNote(uid: 1000, role: "operator", method: method, subject: subject, parameters: Array("{}".utf8), outcome: "done")
    }

    /// An entry once more, under another number.
    private static func copy(to seq: Int) -> String {
        "INTO audit SELECT \(seq), at, 0, role, user, method, 'forged', digest, outcome, uncounted, hash FROM audit WHERE seq = 3"
    }

    private func filled() async throws -> Store {
        let store = try await Fixture().store
        for number in 1...5 { _ = try await store.write(.control) { try $0.audit(Self.note("campaign.start", subject: "c\(number)")) } }
        return store
    }

    private func proof(of store: Store) async throws -> AuditProof {
        var proof = AuditProof()
        while proof.brokenAt == nil, let further = try await store.read({ [proof] in try $0.prove(proof, limit: 2) }) { proof = further }
        return proof
    }

    @Test func `an untouched log is proved whole, in steps`() async throws {
        let store = try await filled()
        let proof = try await proof(of: store)
        #expect(proof.entries == 5 && proof.brokenAt == nil)
        #expect(try await store.read { try $0.hasAuditEntry(hash: proof.hash) })
        let newest = try await store.read { try $0.auditEntries(before: nil, limit: 2) }
        #expect(newest.map(\.seq) == [5, 4] && newest[0].hash == proof.hash)
    }

    @Test(
        arguments: ["UPDATE audit SET subject = 'x' WHERE seq = 3", "DELETE FROM audit WHERE seq = 3"]
            + [("REPLACE", 3), ("REPLACE", 5), ("INSERT", 0), ("INSERT", 7)].map { "\($0) \(copy(to: $1))" }
    )
    func `nothing in it can be changed`(sql: String) async throws {
        let store = try await filled()
        await #expect(throws: StoreFailure.self) { try await store.write(.control) { try $0.db.run(sql) } }
        #expect(try await proof(of: store).entries == 5)
    }

    @Test(
        arguments: [
            ("UPDATE audit SET subject = 'c9' WHERE seq = 3", 3), ("UPDATE audit SET uid = 0 WHERE seq = 1", 1),
            ("DELETE FROM audit WHERE seq = 2", 2), ("UPDATE audit SET role = NULL, user = 'operator' WHERE seq = 5", 5),
            ("UPDATE audit SET outcome = 'forbidden' WHERE seq = 4", 4), ("INSERT \(copy(to: 0))", 1), ("INSERT \(copy(to: -9))", 1),
            ("UPDATE audit SET uid = uid + (1 << 32) WHERE seq = 3", 3),
        ] as [(String, Int64)]
    )
    func `whoever goes past the triggers is found out`(sql: String, place: Int64) async throws {
        let store = try await filled()
        try await store.write(.control) { transaction in
            try transaction.db.run("DROP TRIGGER audit_grows_at_its_end")
            try transaction.db.run("DROP TRIGGER audit_is_not_changed")
            try transaction.db.run("DROP TRIGGER audit_is_not_shortened")
            try transaction.db.run(sql)
        }
        let proof = try await proof(of: store)
        #expect(proof.brokenAt == place && proof.entries == place - 1)
    }

    @Test func `entries that are cut off show against a hash that was kept`() async throws {
        let store = try await filled()
        let last = try await proof(of: store).hash
        try await store.write(.control) { transaction in
            try transaction.db.run("DROP TRIGGER audit_is_not_shortened")
            try transaction.db.run("DELETE FROM audit WHERE seq > 3")
        }
        #expect(try await proof(of: store).brokenAt == nil)
        #expect(try await !store.read { try $0.hasAuditEntry(hash: last) })
    }
}
