import Foundation
import Testing

@testable import MetaSim

@Suite struct AnswerTests {
    @Test func `an accepted message is answered in Meta's shape`() async throws {
        try await Stage.run { stage in
            let reading = try await stage.send(Body.template("+44 7700 900456"))
            #expect(reading.status == 200)
            #expect(reading.json["messaging_product"] as? String == "whatsapp")
            let contact = try #require((reading.json["contacts"] as? [[String: String]])?.first)
            #expect(contact == ["input": "+44 7700 900456", "wa_id": "447700900456"])
            let message = try #require((reading.json["messages"] as? [[String: String]])?.first)
            #expect(message["message_status"] == "accepted")
        }
    }

    @Test func `a wamid has the observed layout, with the recipient's digits inside`() async throws {
        try await Stage.run { stage in
            let wamid = try #require(try await stage.send(Body.template("447700900456")).wamid)
            #expect(wamid.hasPrefix("wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgS"))
            let bytes = try #require(Data(base64Encoded: String(wamid.dropFirst(6))))
            #expect(bytes.count == 40)
            #expect(bytes.last == 0)
            #expect(bytes[21..<39].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit })
        }
    }

    @Test(arguments: [
        ("+55 31 99876-5432", "553198765432"), ("+55 11 98765-4321", "5511987654321"), ("+52 55 1234 5678", "5215512345678"),
        ("+54 11 1234 5678", "5491112345678"),
    ])
    func `a wa_id may differ from what was sent to`(input: String, waID: String) async throws {
        try await Stage.run { stage in
            let reading = try await stage.send(Body.template(input))
            #expect((reading.json["contacts"] as? [[String: String]])?.first?["wa_id"] == waID)
            #expect(stage.sim.ledger.messages(to: input).count == 1)
            #expect(stage.sim.ledger.messages(to: waID).count == 1)
        }
    }

    @Test func `a person can be named by user id`() async throws {
        try await Stage.run { stage in
            let id = "GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk"
            let body = Body.template("x").replacing(#""to":"x""#, with: #""recipient":"\#(id)""#)
            let reading = try await stage.send(body)
            #expect((reading.json["contacts"] as? [[String: String]])?.first == ["input": id, "user_id": id])
            let statuses = await stage.statuses()
            #expect(statuses.map(\.kind) == ["sent", "delivered", "read"])
            #expect(statuses.allSatisfy { $0.raw["recipient_user_id"] as? String == id && $0.raw["recipient_id"] == nil })
            #expect(stage.sim.ledger.messages(to: id).count == 1)
        }
    }

    @Test func `a received message can be marked as read, one that was sent cannot`() async throws {
        try await Stage.run { stage in
            func body(_ wamid: String) -> String { #"{"messaging_product":"whatsapp","status":"read","message_id":"\#(wamid)"}"# }
            let received = try #require(stage.sim.sendInbound(InboundMessage(from: "+447700900456", text: "Hi")))
            #expect(try await stage.send(body(received)).text == #"{"success":true}"#)
            let sent = try #require(try await stage.send(Body.template("447700900456")).wamid)
            #expect(try await stage.send(body(sent)).code == 131_009)
        }
    }
}
