import Testing

@testable import MetaSim

/// Parameters of templates (whatsapp-cloud-api, "template send").
@Suite struct TemplateParameterTests {
    private static let button = Body.component("button", [#"{"type":"text","text":"991"}"#], extra: #","sub_type":"url","index":"0""#)
    private static let orderHeader = Body.component("header", [#"{"type":"text","text":"991"}"#])

    private func named(_ pairs: (String, String)...) -> String {
        Body.component("body", pairs.map { #"{"type":"text","parameter_name":"\#($0.0)","text":"\#($0.1)"}"# })
    }

    @Test func `a full positional template is accepted and rendered`() async throws {
        try await Stage.run { stage in
            let components = [Self.orderHeader, Body.body("Amara", "991"), Self.button].joined(separator: ",")
            let reading = try await stage.send(Body.template("447700900456", "order_update", components: components))
            #expect(reading.status == 200)
            let entry = try #require(stage.sim.ledger.messages(to: "+44 7700 900456").first)
            #expect(entry.text == "Order 991\nHi Amara, order 991 is on its way and should arrive soon.\nHarbour Street Goods")
            #expect(entry.template == "order_update")
        }
    }

    @Test func `named parameters come in any order`() async throws {
        try await Stage.run { stage in
            let components = named(("order_id", "7"), ("first_name", "Amara"))
            let reading = try await stage.send(Body.template("447700900456", "order_update_named", components: components))
            #expect(reading.status == 200)
            #expect(stage.sim.ledger.messages(to: "447700900456").first?.text == "Hi Amara, order 7 is on its way.")
        }
    }

    @Test func `named parameters need their names, and the right ones`() async throws {
        try await Stage.run { stage in
            let nameless = try await stage.send(Body.template("447700900456", "order_update_named", components: Body.body("a", "b")))
            #expect(nameless.code == 100)
            let wrong = named(("first_name", "Amara"), ("other", "7"))
            #expect(try await stage.send(Body.template("447700900456", "order_update_named", components: wrong)).code == 132_012)
            let twice = named(("first_name", "Amara"), ("first_name", "7"))
            #expect(try await stage.send(Body.template("447700900456", "order_update_named", components: twice)).code == 132_000)
        }
    }

    @Test(arguments: [
        (
            components: Body.body("Amara"), code: 132_000,
            details: "body: number of localizable_params (1) does not match the expected number of params (2)"
        ),
        (
            components: Body.body("Amara", "two\\nlines"), code: 132_018,
            details: "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        ),
        (
            components: Body.body("Amara", "five     spaces"), code: 132_018,
            details: "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        ),
        (components: Body.body("Amara", ""), code: 131_008, details: "Parameter of type text is missing text value"),
        (
            components: Body.component("body", [#"{"type":"text"}"#, #"{"type":"text","text":"x"}"#]), code: 100,
            details: "Parameter 'text' is mandatory for component parameter type 'text'"
        ),
        (components: Body.body("Amara", String(repeating: "x", count: 1_020)), code: 132_005, details: "Translated text too long"),
        (
            components: Body.body("Amara", "20%") + "," + Self.button, code: 132_012,
            details: "button at index 0: type does not match the template's (QUICK_REPLY)"
        ),
        (
            components: Self.orderHeader + "," + Body.body("Amara", "20%"), code: 132_000,
            details: "header: number of localizable_params (1) does not match the expected number of params (0)"
        ),
    ])
    func `wrong parameters are refused with Meta's words`(components: String, code: Int, details: String) async throws {
        try await Stage.run { stage in
            let reading = try await stage.send(Body.template("447700900456", components: components))
            #expect(reading.code == code)
            #expect(reading.details == details)
            #expect(stage.sim.ledger.count == 0)
        }
    }

    @Test func `a media header must come, in the format of the template`() async throws {
        try await Stage.run { stage in
            let body = named(("first_name", "Amara"), ("city", "Leeds"))
            let missing = try await stage.send(Body.template("447700900456", "winter_preview", components: body))
            #expect(missing.code == 132_012)
            #expect(missing.details == "header: Format mismatch, expected IMAGE, received UNKNOWN")
            let video = Body.component("header", [#"{"type":"video","video":{"id":"1"}}"#])
            let wrong = try await stage.send(Body.template("447700900456", "winter_preview", components: video + "," + body))
            #expect(wrong.details == "header: Format mismatch, expected IMAGE, received VIDEO")
            let image = Body.component("header", [#"{"type":"image","image":{"link":"https://shop.example.com/w.jpg"}}"#])
            #expect(try await stage.send(Body.template("447700900456", "winter_preview", components: image + "," + body)).status == 200)
        }
    }

    @Test func `a link with a variable needs its suffix, a one-time code comes twice`() async throws {
        try await Stage.run { stage in
            let once = try await stage.send(Body.template("447700900456", "login_code", components: Body.body("482913")))
            #expect(once.code == 132_000)
            #expect(
                once.details
                    == "button at index 0 of type Url: number of localizable_params (0) does not match the expected number of params (1)"
            )
            let components = Body.body("482913") + "," + Self.button
            #expect(try await stage.send(Body.template("447700900456", "login_code", components: components)).status == 200)
        }
    }

    @Test func `a code is never sent to a user id`() async throws {
        try await Stage.run { stage in
            let components = Body.body("482913") + "," + Self.button
            let body = Body.template("x", "login_code", components: components)
                .replacing(#""to":"x""#, with: #""recipient":"GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk""#)
            let reading = try await stage.send(body)
            #expect(reading.code == 131_062)
        }
    }
}
