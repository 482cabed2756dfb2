import WaproCore
import WaproRPC
import WaproStore

/// Answers `audit.*`.
struct AuditHandlers: Sendable {
    let store: Store

    /// Entries that are looked at in one read.
    private static let step = 5000

    func register(_ handlers: inout Handlers) {
        handlers.on(AuditList.self) { ask, _ throws(Fault) in try await list(ask) }
        handlers.on(AuditVerify.self) { ask, call throws(Fault) in try await verify(ask, call) }
    }

    private func list(_ ask: AuditList) async throws(Fault) -> Page<AuditInfo> {
        let limit = ask.limit ?? 100
        let before = try ask.place()
        let found = try await store.ask { try $0.auditEntries(before: before, limit: limit) }
        return Page(items: found.map { AuditInfo($0) }, next: found.count == limit ? found.last.map { String($0.seq) } : nil)
    }

    private func verify(_ ask: AuditVerify, _ call: Call) async throws(Fault) -> AuditVerify.Reply {
        if let hash = ask.hashBytes {
            guard try await store.ask({ try $0.hasAuditEntry(hash: hash) }) else {
                throw Fault(.notFound, "No entry of the audit log has this hash: it was removed or changed.", field: "hash")
            }
        }
        var proof = AuditProof()
        while proof.brokenAt == nil, let further = try await store.ask({ [proof] in try $0.prove(proof, limit: Self.step) }) {
            proof = further
            await call.progress("entries", done: Int(proof.entries))
        }
        return AuditVerify.Reply(
            intact: proof.brokenAt == nil,
            entries: proof.entries,
            hash: Hexadecimal.text(of: proof.hash),
            brokenAt: proof.brokenAt
        )
    }
}

extension AuditInfo {
    init(_ entry: AuditEntry) {
        self.init(
            seq: entry.seq,
            at: entry.at,
            uid: Int64(entry.uid),
            role: entry.role,
            user: entry.user,
            method: entry.method,
            subject: entry.subject,
            outcome: entry.outcome,
            uncounted: entry.uncounted,
            digest: Hexadecimal.text(of: entry.digest),
            hash: Hexadecimal.text(of: entry.hash)
        )
    }
}
