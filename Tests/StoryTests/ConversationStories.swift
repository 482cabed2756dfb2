import MetaSim
import Testing
import WaproCore
import WaproRPC

@Suite(.serialized) struct ConversationStories {
    @Test func `free text is refused until the person wrote, then it arrives, once for each key`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            let person = "+447700900456"
            try await stage.call { waprod in
                do {
                    _ = try await waprod(MessageSend(number: "offers", to: person, text: "Hello"))
                    Issue.record("free text was taken without a conversation")
                } catch CallFailure.fault(let fault) {
                    #expect(fault.kind == .windowClosed)
                }
            }
            #expect(
                stage.simulator.sendInbound(
                    InboundMessage(from: person, text: "Are you open?", to: StandardWorld.highThroughputPhoneNumberID, name: "Ada")
                ) != nil
            )
            try await stage.settle()
            try await stage.call { waprod in
                let contact = try await waprod(ContactShow(contact: person))
                #expect(contact.profileName == "Ada" && contact.lastInboundAt != nil)
                let inbound = try await waprod(MessageList(contact: person)).items
                #expect(inbound.map(\.text) == ["Are you open?"] && inbound[0].direction.slug == "inbound")
                let first = try await waprod(
                    MessageSend(number: "offers", to: person, text: "Yes, until six.", replyTo: inbound[0].id, idempotencyKey: "k1")
                )
                let second = try await waprod(
                    MessageSend(number: "offers", to: person, text: "Yes, until six.", replyTo: inbound[0].id, idempotencyKey: "k1")
                )
                #expect(first.message == second.message)
                do {
                    _ = try await waprod(MessageSend(number: "offers", to: person, text: "Something else", idempotencyKey: "k1"))
                    Issue.record("a key was taken for another message")
                } catch CallFailure.fault(let fault) {
                    #expect(fault.kind == .idempotencyConflict)
                }
            }
            try await eventually { stage.simulator.ledger.messages(to: person).count == 1 }
            #expect(stage.simulator.ledger.messages(to: person)[0].text == "Yes, until six.")
            try await stage.settle()
            let shown = try await stage.call { waprod in
                let sent = try await waprod(MessageList(contact: person, direction: .outbound)).items
                return try await waprod(MessageShow(message: sent[0].id))
            }
            #expect(shown.history?.map(\.to.slug).contains("delivered") == true && shown.attempts?.count == 1)
            try await daemon.stop()
        }
    }

    @Test func `a subscriber that comes back with its cursor misses nothing`() async throws {
        try await Stage.play { stage in
            let daemon = try await stage.startDaemon()
            try await stage.prepareCampaign("launch", people: 20)
            let first = try await stage.call { waprod in
                _ = try await waprod(EventSubscribe(from: "now", topics: [.message]))
                _ = try await waprod(CampaignStart(campaign: "launch"))
                var seen: [Int64] = []
                while seen.count < 10, let event = try await waprod.next(EventNotification.self) { seen.append(event.seq) }
                return seen
            }
            _ = try await stage.report("launch", when: ["finished"])
            try await stage.settle()
            let (rest, all) = try await stage.call { waprod in
                let last = try await waprod(SystemStatus()).events.last
                _ = try await waprod(EventSubscribe(from: String(first.last ?? 0)))
                var rest: [Int64] = []
                while rest.last ?? 0 < last, let event = try await waprod.next(EventNotification.self) { rest.append(event.seq) }
                return (rest, last)
            }
            #expect(rest == Array(((first.last ?? 0) + 1)...all), "events after the cursor come in order and without gaps")
            try await daemon.stop()
        }
    }

    @Test func `two numbers in one daemon each answer for themselves, with a proof of the app's secret`() async throws {
        try await Stage.play({ $0.requiresSecretProof = true }) { stage in
            let daemon = try await stage.startDaemon()
            let people = [
                "offers": ("+447700900111", StandardWorld.highThroughputPhoneNumberID),
                "support": ("+447700900222", StandardWorld.phoneNumberID),
            ]
            for (_, person) in people {
                #expect(stage.simulator.sendInbound(InboundMessage(from: person.0, text: "Hello", to: person.1)) != nil)
            }
            try await stage.settle()
            for (number, person) in people {
                try await stage.call { waprod in _ = try await waprod(MessageSend(number: number, to: person.0, text: "This is \(number)."))
                }
                try await eventually { stage.simulator.ledger.messages(to: person.0).count == 1 }
                #expect(stage.simulator.ledger.messages(to: person.0)[0].phoneNumberID == person.1)
            }
            let other = people["support"]?.0 ?? ""
            await #expect(throws: CallFailure.self, "the window of one number is not that of another") {
                try await stage.call { waprod in _ = try await waprod(MessageSend(number: "offers", to: other, text: "Hello")) }
            }
            try await daemon.stop()
        }
    }
}
