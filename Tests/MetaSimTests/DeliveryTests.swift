import Crypto
import Foundation
import Testing

@testable import MetaSim

/// How webhooks travel (whatsapp-cloud-api, "Webhooks, delivery").
@Suite struct DeliveryTests {
    @Test func `the signature is the HMAC of the raw bytes under the app's secret`() async throws {
        try await Stage.run { stage in
            stage.sim.sendInbound(InboundMessage(from: "5511955501234", text: "Olá / 📦", name: "João"))
            await stage.sim.settled()
            let post = try #require(stage.inbox.posts.first)
            let key = SymmetricKey(data: Data(StandardWorld.appSecret.utf8))
            let hex = HMAC<SHA256>.authenticationCode(for: post.body, using: key).map { String(format: "%02x", $0) }.joined()
            #expect(post.signature == "sha256=" + hex)
            let text = String(decoding: post.body, as: UTF8.self)
            #expect(text.contains(#""body":"Ol\u00e1 \/ \ud83d\udce6""#))
            #expect(text.contains(#""name":"Jo\u00e3o""#))
            #expect(post.body.allSatisfy { $0 < 0x80 })
            #expect((stage.inbox.messages.first?["text"] as? [String: String])?["body"] == "Olá / 📦")
        }
    }

    @Test func `anything but 200 is tried again with the same bytes until it is 200`() async throws {
        try await Stage.run { stage in
            stage.inbox.willAnswer(500, 201, 404)
            stage.sim.sendInbound(InboundMessage(from: "447700900456", text: "Hi"))
            await stage.sim.settled()
            #expect(stage.inbox.posts.count == 4)
            #expect(Set(stage.inbox.posts.map(\.body)).count == 1)
            #expect(stage.sim.webhookCounts == WebhookCounts(posts: 4, retries: 3, delivered: 1))
        }
    }

    @Test func `a webhook that is never answered 200 is given up after seven days`() async throws {
        try await Stage.run({ $0.knobs.retryGapsSeconds = [200_000] }) { stage in
            stage.sim.adjust { $0.timeScale = 0.0000001 }
            stage.inbox.willAnswer(500, 500, 500, 500, 500, 500)
            stage.sim.sendInbound(InboundMessage(from: "447700900456", text: "Hi"))
            await stage.sim.settled()
            #expect(stage.sim.webhookCounts == WebhookCounts(posts: 4, retries: 3, expired: 1))
        }
    }

    @Test func `stopped while webhooks are under way it ends well, each time`() async throws {
        for round in 0..<40 {
            try await Stage.run({
                $0.threads = 2
                ($0.knobs.callbackConnections, $0.knobs.batchSize) = (8, 1)
            }) { stage in
                for index in 0..<200 { stage.sim.sendInbound(InboundMessage(from: "4477009\(10_000 + index)", text: "\(index)")) }
                // From before the first connection stands to the middle of it all.
                try await Task.sleep(for: .milliseconds(round % 8 * 3))
            }
        }
    }

    @Test func `what is due together travels together, up to the batch size`() async throws {
        try await Stage.run { stage in
            let hold = stage.sim.hold(.webhook)
            for index in 0..<30 { stage.sim.sendInbound(InboundMessage(from: "4477009\(10_000 + index)", text: "\(index)")) }
            await hold.reached(30)
            stage.sim.adjust { knobs in
                knobs.batchSize = 10
                knobs.callbackConnections = 1
            }
            hold.release()
            await stage.sim.settled()
            #expect((3..<30).contains(stage.inbox.posts.count))
            #expect(stage.inbox.changes.allSatisfy { (($0["value"] as? [String: Any])?["messages"] as? [Any])?.count ?? 99 <= 10 })
            #expect(stage.inbox.messages.count == 30)
            #expect(stage.inbox.connections == 1)
        }
    }

    @Test func `a wrong signature is followed by the right one`() async throws {
        try await Stage.run({ $0.knobs.badSignatureShare = 1 }) { stage in
            stage.inbox.willAnswer(401)
            stage.sim.sendInbound(InboundMessage(from: "447700900456", text: "Hi"))
            await stage.sim.settled()
            let signatures = stage.inbox.posts.map(\.signature)
            #expect(signatures.count == 2)
            #expect(signatures[0] != signatures[1])
        }
    }

    @Test func `any change can be posted`() async throws {
        try await Stage.run { stage in
            stage.sim.sendChange(
                field: "message_template_status_update",
                value: #"{"event":"PAUSED","message_template_id":987650012340001}"#
            )
            await stage.sim.settled()
            let change = try #require(stage.inbox.changes.first)
            #expect(change["field"] as? String == "message_template_status_update")
            #expect((change["value"] as? [String: Any])?["message_template_id"] as? Int == 987_650_012_340_001)
        }
    }

    @Test func `the handshake passes with the right verify token only`() async throws {
        try await Stage.run { stage in
            #expect(await stage.sim.verifyCallbacks())
            stage.sim.updateWorld { $0.apps[0].verifyToken = "other" }
            #expect(await stage.sim.verifyCallbacks() == false)
        }
    }

    @Test func `payloads up to version 23 carry the conversation`() async throws {
        try await Stage.run({ $0.knobs.webhookVersion = 23 }) { stage in
            _ = try await stage.send(Body.template("447700900456"))
            let conversations = await stage.statuses().map { $0.raw["conversation"] as? [String: Any] }
            #expect(conversations.map { $0 != nil } == [true, true, false])
            #expect(conversations[0]?["expiration_timestamp"] is String)
        }
    }
}
