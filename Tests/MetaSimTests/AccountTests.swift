import Foundation
import Testing

@testable import MetaSim

/// Tokens, and which app gets whose webhooks.
@Suite struct AccountTests {
    private static let second = "EAAanotherToken0002"
    private static let appToken = "\(StandardWorld.appID)|\(StandardWorld.appSecret)"

    @Test func `a token says what it may do, to itself and to its app, and to nobody else`() async throws {
        try await Stage.run { stage in
            stage.sim.issue(AccessToken("EAAforeign", app: "1", accounts: []))
            let path = "/v25.0/debug_token?input_token=\(StandardWorld.accessToken)"
            for asker in [StandardWorld.accessToken, Self.appToken] {
                let data = try #require(try await stage.get(path, token: asker).json["data"] as? [String: Any])
                #expect(data["is_valid"] as? Bool == true && data["app_id"] as? String == StandardWorld.appID)
                #expect(data["type"] as? String == "SYSTEM_USER" && data["expires_at"] as? Int == 0)
                #expect((data["scopes"] as? [String])?.contains("whatsapp_business_messaging") == true)
                let granular = try #require(data["granular_scopes"] as? [[String: Any]])
                #expect(granular.count == 2 && granular.allSatisfy { $0["target_ids"] as? [String] == [StandardWorld.accountID] })
            }
            #expect(try await stage.get(path, token: "EAAforeign").code == 100)
            let unknown = try await stage.get("/v25.0/debug_token?input_token=EAAnobody", token: Self.appToken)
            #expect((unknown.json["data"] as? [String: Any])?["is_valid"] as? Bool == false)
        }
    }

    @Test func `a token that is taken back is refused, also for what it had sent before; another one works`() async throws {
        try await Stage.run { stage in
            stage.sim.issue(AccessToken(Self.second, app: StandardWorld.appID, accounts: [StandardWorld.accountID]))
            let hold = stage.sim.hold(.beforeAcceptance) { $0.recipient.hasSuffix("456") }
            async let early = stage.send(Body.template("447700900456"))
            await hold.reached()
            stage.sim.revoke(StandardWorld.accessToken)
            hold.release()
            let (held, late) = (try await early, try await stage.send(Body.template("447700900457")))
            for refused in [held, late] { #expect(refused.status == 401 && refused.code == 190 && refused.subcode == 467) }
            #expect(try await stage.send(Body.template("447700900458"), token: Self.second).status == 200)
            let told = try await stage.get("/v25.0/debug_token?input_token=\(StandardWorld.accessToken)", token: Self.second)
            #expect((told.json["data"] as? [String: Any])?["is_valid"] as? Bool == false)
            #expect(stage.sim.ledger.count == 1)
        }
    }

    @Test func `tokens are given out and taken back over HTTP`() async throws {
        try await Stage.run { stage in
            _ = try await stage.call("POST", "/_sim/tokens", body: #"{"value":"\#(Self.second)"}"#)
            #expect(try await stage.send(Body.template("447700900456"), token: Self.second).status == 200)
            _ = try await stage.call("POST", "/_sim/tokens", body: #"{"value":"\#(Self.second)","revoked":true}"#)
            #expect(try await stage.send(Body.template("447700900456"), token: Self.second).code == 190)
        }
    }

    @Test func `an app is subscribed to an account, twice as well as once`() async throws {
        try await Stage.run {
            $0.world.apps[0].accounts = []
        } _: { stage in
            let path = "/v25.0/\(StandardWorld.accountID)/subscribed_apps"
            #expect((try await stage.get(path).json["data"] as? [Any])?.isEmpty == true)
            for _ in 0..<2 { #expect(try await stage.call("POST", path, body: "{}").json["success"] as? Bool == true) }
            let apps = try #require(try await stage.get(path).json["data"] as? [[String: Any]])
            #expect(apps.count == 1 && apps[0]["override_callback_uri"] == nil)
            #expect((apps[0]["whatsapp_business_api_data"] as? [String: Any])?["id"] as? String == StandardWorld.appID)
            #expect(try await stage.call("POST", "/v25.0/330918274650999/subscribed_apps", body: "{}").code == 100)
        }
    }

    @Test func `a callback of an account is verified first; its messages go there, news of templates to the app's`() async throws {
        let other = try await Inbox.open()
        try await Stage.run { stage in
            let path = "/v25.0/\(StandardWorld.accountID)/subscribed_apps"
            func subscribe(_ token: String) async throws -> Reading {
                try await stage.call("POST", path, body: #"{"override_callback_uri":"\#(other.url)","verify_token":"\#(token)"}"#)
            }
            let refused = try await subscribe("wrong")
            #expect(refused.status == 400 && refused.code == 2200)
            #expect(stage.sim.world.apps[0].overrides.isEmpty)
            let taken = try await subscribe(StandardWorld.verifyToken)
            #expect((taken.json["data"] as? [[String: Any]])?.first?["override_callback_uri"] as? String == other.url)
            _ = try await stage.send(Body.template("447700900456"))
            #expect(stage.sim.sendChange(field: "message_template_status_update", value: #"{"event":"PAUSED"}"#))
            await stage.sim.settled()
            #expect(other.statuses.map(\.kind) == ["sent", "delivered", "read"] && stage.inbox.statuses.isEmpty)
            #expect(stage.inbox.changes.map { $0["field"] as? String } == ["message_template_status_update"])
            let numbers = try await stage.get("/v25.0/\(StandardWorld.accountID)/phone_numbers?fields=id,webhook_configuration")
            #expect(
                numbers.text.contains(#""whatsapp_business_account":"\#(other.url.replacing("/", with: "\\/"))"#)
                    || numbers.text.contains(other.url)
            )
            _ = try await stage.call("POST", path, body: "{}")
            #expect(stage.sim.world.apps[0].overrides.isEmpty, "a plain subscription clears it")
        }
        await other.close()
    }

    @Test func `only the app itself is told of its own subscription`() async throws {
        try await Stage.run { stage in
            let path = "/v25.0/\(StandardWorld.appID)/subscriptions"
            #expect(try await stage.get(path).code == 15)
            let data = try #require(try await stage.get(path, token: Self.appToken).json["data"] as? [[String: Any]])
            #expect(data.count == 1 && data[0]["callback_url"] as? String == stage.inbox.url && data[0]["active"] as? Bool == true)
            #expect(data[0]["object"] as? String == "whatsapp_business_account")
        }
    }
}
