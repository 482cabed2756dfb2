import Foundation
import Testing

@testable import MetaSim

/// `GET /{phone}/message_history`.
@Suite struct HistoryTests {
    private let path = "/v25.0/\(StandardWorld.phoneNumberID)/message_history"
    private let fields = "fields=id,message_id,events%7Bdelivery_status,timestamp,webhook_update_state%7D"

    private func items(_ reading: Reading) -> [[String: Any]] { reading.json["data"] as? [[String: Any]] ?? [] }
    private func wamids(_ reading: Reading) -> [String] { items(reading).compactMap { $0["message_id"] as? String } }

    private func events(_ item: [String: Any]?) -> [[String: Any]] {
        (item?["events"] as? [String: Any])?["data"] as? [[String: Any]] ?? []
    }

    private func words(_ events: [[String: Any]]) -> [String] {
        events.map { "\($0["delivery_status"] ?? "") \($0["webhook_update_state"] ?? "")" }
    }

    @Test func `the newest come first, in pages that lose nothing and repeat nothing while new ones come`() async throws {
        try await Stage.run { stage in
            var sent: [String] = []
            for index in 0..<7 { sent.append(try await stage.send(Body.template("44770090000\(index)")).wamid ?? "") }
            _ = try await stage.send(Body.template("447700900456"), from: StandardWorld.highThroughputPhoneNumberID)
            let first = try await stage.get(path + "?limit=3")
            #expect(wamids(first) == sent.suffix(3).reversed())
            _ = try await stage.send(Body.template("447700900009"))
            var seen = wamids(first)
            var paging = try #require(first.json["paging"] as? [String: Any])
            while let next = paging["next"] as? String {
                let cursors = try #require(paging["cursors"] as? [String: String])
                let query = try #require(URLComponents(string: next)?.queryItems)
                #expect(query.first { $0.name == "after" }?.value == cursors["after"])
                let page = try await stage.get(String(next.dropFirst(stage.base.count)))
                seen += wamids(page)
                paging = try #require(page.json["paging"] as? [String: Any])
            }
            #expect(seen == sent.reversed())
            let cursors = try #require(paging["cursors"] as? [String: String])
            let back = try await stage.get(path + "?limit=2&before=" + (cursors["before"] ?? ""))
            #expect(wamids(back) == [sent[2], sent[1]])
            let newer = try await stage.get(
                path + "?before=" + ((first.json["paging"] as! [String: Any])["cursors"] as! [String: String])["before"]!
            )
            #expect(items(newer).count == 1)
        }
    }

    @Test func `without fields an entry has two, and neither person nor callback data is in any`() async throws {
        try await Stage.run { stage in
            _ = try await stage.send(Body.template("447700900456", callback: "w1:s:1"))
            let plain = try await stage.get(path)
            #expect(items(plain).first?.keys.sorted() == ["id", "message_id"])
            let all = try await stage.get(path + "?" + fields)
            #expect(!all.text.contains("w1:s:1") && !all.text.contains("447700900456"))
            #expect(try await stage.get(path + "?fields=recipient").code == 100)
            #expect(try await stage.get(path + "?fields=events%7Brecipient%7D").code == 100)
            #expect(try await stage.get(path + "?after=expired").code == 131_059)
            #expect(try await stage.get(path, token: "none").status == 401)
        }
    }

    @Test func `one message is found by its wamid, with what the app was told of each status`() async throws {
        try await Stage.run { stage in
            let wamid = try #require(try await stage.send(Body.template("447700900456")).wamid)
            let escaped = wamid.replacing("=", with: "%3D").replacing("+", with: "%2B").replacing("/", with: "%2F")
            _ = try await stage.send(Body.template("447700900789"))
            _ = await stage.statuses()
            let found = try await stage.get(path + "?message_id=\(escaped)&" + fields)
            #expect(wamids(found) == [wamid])
            let seen = events(items(found).first)
            #expect(words(seen) == ["SENT DELIVERED", "DELIVERED DELIVERED", "READ DELIVERED"])
            #expect(seen.allSatisfy { ($0["timestamp"] as? Int ?? 0) >= 1_795_341_600 })
            #expect(items(try await stage.get(path + "?message_id=wamid.none")).isEmpty)
        }
    }

    @Test func `a webhook that is refused is being retried, and one that nobody was sent is pending`() async throws {
        try await Stage.run({ $0.knobs.retryGapsSeconds = [500_000] }) { stage in
            stage.inbox.willAnswer(503, 503, 503)
            _ = try await stage.send(Body.template("447700900456"))
            let deadline = ContinuousClock.now + .seconds(10)
            var seen: [[String: Any]] = []
            while !words(seen).contains("SENT RETRYING"), ContinuousClock.now < deadline {
                seen = events(items(try await stage.get(path + "?" + fields)).first)
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(words(seen).first == "SENT RETRYING")
            stage.sim.adjust { ($0.sendsStatuses, $0.timeScale) = (false, 1) }
            _ = try await stage.send(Body.template("447700900789"))
            #expect(events(items(try await stage.get(path + "?" + fields)).first).isEmpty, "it has not happened yet")
            stage.clock.step(milliseconds: 60_000)
            let silent = events(items(try await stage.get(path + "?" + fields)).first)
            #expect(words(silent) == ["SENT PENDING", "DELIVERED PENDING", "READ PENDING"])
        }
    }

    @Test func `what failed says why, and what was told stays told`() async throws {
        try await Stage.run({ $0.knobs.duplicateShare = 1 }) { stage in
            _ = try await stage.send(Body.template("447799131049"))
            #expect(await stage.statuses().count == 2)
            let all = "?fields=events%7Bdelivery_status,webhook_update_state,error_description,application,webhook_uri%7D"
            let event = events(items(try await stage.get(path + all)).first).first
            #expect(event?["delivery_status"] as? String == "FAILED" && event?["webhook_update_state"] as? String == "DELIVERED")
            #expect((event?["error_description"] as? String)?.isEmpty == false)
            #expect((event?["application"] as? [String: String])?["id"] == StandardWorld.appID)
            #expect(event?["webhook_uri"] as? String == stage.inbox.url)
        }
    }
}
