import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct ForeignStories {
    private static let customer = "+4915110000001"

    @Test func `what others send from our number is shown as theirs, never counted as ours and never sent again`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon(extra: "sending: { frequency_cap: 1 }")
            try await stage.prepare("launch", to: [Self.customer, "+4915110000002"])
            try await stage.hear("Are you open?", from: Self.customer)
            // Written on the phone; told twice.
            for _ in 0..<2 { stage.echo("Yes, until six.", wamid: "wamid.PHONE", to: Self.customer) }
            try await stage.settle()
            let messages = try await stage.call { try await $0(MessageList(contact: Self.customer)).items }
            #expect(messages.map(\.text) == ["Yes, until six.", "Are you open?"] && messages.map(\.foreign) == [true, false])
            #expect(messages[0].direction.known == .outbound && messages[0].campaign == nil)

            // Other applications' statuses are counted a number, nothing else.
            stage.tell("sent", of: "wamid.OTHER", to: Self.customer, callbackData: "order-4711")
            stage.tell("failed", of: "wamid.OTHER", to: Self.customer, code: 131_049)
            stage.tell("delivered", of: "wamid.PHONE", to: Self.customer)
            try await stage.settle()
            let (number, sibling, status) = try await stage.call { waprod in
                (
                    try await waprod(NumberShow(number: "offers")), try await waprod(NumberShow(number: "support")),
                    try await waprod(SystemStatus())
                )
            }
            #expect(number.foreign == 2 && sibling.foreign == 0 && status.problems.isEmpty && status.webhook.quarantined == 0)

            // Codes after which a message of ours is tried again.
            stage.echo("See you.", wamid: "wamid.FAILED", to: Self.customer)
            try await stage.settle()
            for code in [130_429, 131_049] { stage.tell("failed", of: "wamid.FAILED", to: Self.customer, code: code) }
            #expect(try await stage.isSilent(for: .milliseconds(2500)) && stage.simulator.ledger.count == 0, "we sent what others had sent")
            let echoed = try await stage.call { try await $0(MessageList(contact: Self.customer, direction: .outbound)).items }
            #expect(echoed.map(\.state.known) == [.failed, .delivered] && echoed.allSatisfy { $0.foreign })
            #expect(try await stage.call { try await $0(SystemStatus()).queue.waiting } == 0)

            // The cap counts our marketing alone, and the campaign's report our messages.
            try await stage.start("launch")
            let report = try await stage.report("launch", when: ["finished"])
            #expect(report.counts.skipped == 0 && report.total == 2 && stage.simulator.ledger.count == 2)
            try await daemon.stop()
        }
    }
}
