import Testing

@testable import MetaSim

@Suite struct AdminTests {
    @Test func `the ledger is read over HTTP`() async throws {
        try await Stage.run { stage in
            _ = try await stage.send(Body.template("447700900456"))
            let summary = try await stage.get("/_sim/ledger", token: nil)
            #expect(summary.json["accepted"] as? Int == 1)
            #expect(summary.json["recipients"] as? Int == 1)
            #expect(try await stage.get("/_sim/ledger/447700900456").text.contains(#""template":"autumn_offer""#))
            #expect(try await stage.get("/_sim/duplicates").text == "[]")
            #expect(try await stage.get("/_sim/world").json["accounts"] != nil)
            #expect(try await stage.get("/_sim/").text.contains("/_sim/knobs"))
        }
    }

    @Test func `knobs are turned over HTTP, and only those that exist`() async throws {
        try await Stage.run { stage in
            let turned = try await stage.call(
                "POST",
                "/_sim/knobs",
                body: #"{"latency_milliseconds":5,"sent_milliseconds":{"most":900},"faults":[{"symptom":"close"}]}"#
            )
            #expect(turned.status == 200)
            #expect(stage.sim.knobs.latencyMilliseconds == 5)
            #expect(stage.sim.knobs.sentMilliseconds == Knobs.Span(50, 900))
            #expect(stage.sim.knobs.faults == [Fault(.close)])
            let unknown = try await stage.call("POST", "/_sim/knobs", body: #"{"sent_milliseconds":{"mots":1}}"#)
            #expect(unknown.status == 400)
            #expect(unknown.text.contains("sent_milliseconds.mots"))
            #expect(try await stage.call("POST", "/_sim/knobs", body: #"{"read_share":"much"}"#).status == 400)
        }
    }

    @Test func `every knob survives the way over HTTP`() throws {
        var knobs = Knobs()
        knobs.faults = [Fault(.error, code: 4, share: 0.5, times: 2, suffix: "1")]
        knobs.readShare = 0.25
        #expect(try knobs.changed(by: .object([])) == knobs)
    }

    @Test func `a person writes over HTTP`() async throws {
        try await Stage.run { stage in
            let reading = try await stage.call("POST", "/_sim/inbound", body: #"{"from":"+44 7700 900456","text":"Hi"}"#)
            #expect((reading.json["id"] as? String)?.hasPrefix("wamid.") == true)
            await stage.sim.settled()
            #expect(stage.inbox.messages.first?["from"] as? String == "447700900456")
        }
    }

    @Test func `exchanges are held and released over HTTP`() async throws {
        try await Stage.run { stage in
            _ = try await stage.call("POST", "/_sim/holds", body: #"{"point":"webhook"}"#)
            _ = try await stage.send(Body.template("447700900456"))
            #expect(stage.inbox.posts.isEmpty)
            _ = try await stage.call("DELETE", "/_sim/holds")
            #expect(await stage.statuses().count == 3)
        }
    }
}
