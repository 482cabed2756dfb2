import WaproCore
import WaproRPC

/// Campaigns to the same people, one after the other. Every call has an idempotency key and is repeated until it is answered.
struct Campaigns: Sendable {
    let victim: Victim
    let book: Book
    let recipients: Int

    static func phone(_ index: Int) -> String { "49151\(10_000_000 + index)" }

    /// Imports the people and fetches the templates, before anything is killed.
    func prepare() async throws {
        var csv = "phone,first_name\n"
        for index in 0..<recipients { csv += "+\(Self.phone(index)),Person \(index)\n" }
        let bytes = Array(csv.utf8)
        try await victim.insist { waprod in
            let begun = try await waprod(ContactImport(list: "people"))
            for (piece, start) in stride(from: 0, to: bytes.count, by: begun.pieceBytes).enumerated() {
                let end = min(bytes.count, start + begun.pieceBytes)
                _ = try await waprod(
                    ImportAppend(importID: begun.importID, piece: piece, data: Base64(Array(bytes[start..<end])), last: end == bytes.count)
                )
            }
            _ = try await waprod(TemplateSync())
        }
    }

    func run() async throws {
        var number = 0
        repeat {
            number += 1
            try await play("torture-\(number)")
        } while !book.isOver
    }

    /// Each campaign says its own name, so that the phones show which one reached them.
    private func play(_ name: String) async throws {
        let create = CampaignCreate(
            name: name,
            number: "default",
            template: "autumn_offer",
            language: "en_GB",
            list: "people",
            parameters: ["1": "{{first_name}}", "2": name],
            idempotencyKey: "create-\(name)"
        )
        _ = try await victim.insist { try await $0(create) }
        book.started(name)
        _ = try await victim.insist { try await $0(CampaignStart(campaign: name, again: true, idempotencyKey: "start-\(name)")) }
        var deadline: ContinuousClock.Instant?
        while true {
            let state = try await victim.insist { try await $0(CampaignReport(campaign: name)).state.slug }
            if state == "finished" { return }
            guard ["freezing", "running"].contains(state) else {
                throw Victim.Failure(words: "\(name) is \(state), and nobody asked for that")
            }
            if book.isOver, deadline == nil { deadline = .now + .seconds(300) }
            if let deadline, ContinuousClock.now > deadline {
                throw Victim.Failure(words: "\(name) is still \(state) five minutes after the last kill")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
