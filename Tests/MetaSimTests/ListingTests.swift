import Foundation
import Testing

@testable import MetaSim

@Suite struct ListingTests {
    private let path = "/v25.0/\(StandardWorld.accountID)/message_templates"

    private func names(_ reading: Reading) -> [String] {
        (reading.json["data"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    }

    @Test func `pages follow each other until there is no next, and lose nothing`() async throws {
        try await Stage.run { stage in
            var next: String? = path + "?limit=4&fields=name,language"
            var ids: [String] = []
            var pages = 0
            while let target = next {
                let reading = try await stage.get(target)
                ids += (reading.json["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
                let paging = try #require(reading.json["paging"] as? [String: Any])
                let cursors = try #require(paging["cursors"] as? [String: String])
                let link = paging["next"] as? String
                if let link {
                    let query = try #require(URLComponents(string: link)?.queryItems)
                    #expect(query.first { $0.name == "after" }?.value == cursors["after"])
                    #expect(query.first { $0.name == "fields" }?.value == "name,language")
                }
                next = link.map { String($0.dropFirst(stage.base.count)) }
                pages += 1
            }
            #expect(pages == 4)
            #expect(ids == stage.sim.world.accounts[0].templates.map(\.id))
        }
    }

    @Test func `a page can be gone back to`() async throws {
        try await Stage.run { stage in
            let first = try await stage.get(path + "?limit=2")
            let second = try await stage.get(
                String((first.json["paging"] as! [String: Any])["next"] as! String).replacing(stage.base, with: "")
            )
            let back = try await stage.get(
                String((second.json["paging"] as! [String: Any])["previous"] as! String).replacing(stage.base, with: "")
            )
            #expect(names(back) == names(first))
        }
    }

    @Test func `a bad cursor answers 131059`() async throws {
        try await Stage.run { stage in
            let reading = try await stage.get(path + "?after=expired")
            #expect(reading.status == 400)
            #expect(reading.code == 131_059)
        }
    }

    @Test func `the name filter finds substrings, the others are exact`() async throws {
        try await Stage.run { stage in
            for (query, found) in [
                ("name=order_update", ["order_update", "order_update_named"]), ("status=PAUSED", ["spring_offer"]),
                ("language=pt_BR", ["autumn_offer"]),
            ] {
                let reading = try await stage.get(path + "?" + query)
                #expect(names(reading) == found)
            }
        }
    }

    @Test func `fields choose what a node shows, and an unknown one is an error`() async throws {
        try await Stage.run { stage in
            let reading = try await stage.get(path + "?limit=1&fields=name,status")
            #expect((reading.json["data"] as? [[String: String]])?.first?.keys.sorted() == ["id", "name", "status"])
            #expect(try await stage.get(path + "?fields=nmae").code == 100)
        }
    }

    @Test func `a number and an account show what was asked for`() async throws {
        try await Stage.run { stage in
            let number = try await stage.get(
                "/v25.0/\(StandardWorld.phoneNumberID)?fields=id,display_phone_number,throughput,quality_rating,status"
            )
            #expect(number.json["display_phone_number"] as? String == "+44 20 7946 0123")
            #expect((number.json["throughput"] as? [String: String]) == ["level": "STANDARD"])
            let numbers = try await stage.get("/v25.0/\(StandardWorld.accountID)/phone_numbers")
            #expect(
                (numbers.json["data"] as? [[String: Any]])?.compactMap { $0["id"] as? String } == [
                    StandardWorld.phoneNumberID, StandardWorld.highThroughputPhoneNumberID,
                ]
            )
            let account = try await stage.get("/v25.0/\(StandardWorld.accountID)?fields=id,name,whatsapp_business_manager_messaging_limit")
            #expect(account.json["name"] as? String == "Harbour Street Goods")
            #expect(try await stage.get("/v25.0/123").subcode == 33)
        }
    }

    @Test func `what an account is changed to is seen at once`() async throws {
        try await Stage.run { stage in
            stage.sim.updateWorld { $0.accounts[0].templates[3].status = "PAUSED" }
            let refused = try await stage.send(Body.template("447700900456"))
            #expect(refused.code == 132_015)
            let listed = try await stage.get(path + "?status=PAUSED&name=autumn")
            #expect(names(listed) == ["autumn_offer"])
        }
    }
}
