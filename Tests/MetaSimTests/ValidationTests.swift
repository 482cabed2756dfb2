import Testing

@testable import MetaSim

/// The order and the words of Meta's checks (whatsapp-cloud-api, "Simulator checklist").
@Suite struct ValidationTests {
    private func refusal(_ body: String, _ world: @escaping (inout World) -> Void = { _ in }) async throws -> Reading {
        var reading: Reading?
        try await Stage.run({ world(&$0.world) }) { stage in
            reading = try await stage.send(body)
            #expect(stage.sim.ledger.count == 0)
        }
        return try #require(reading)
    }

    @Test func `no token and an unknown token answer 401 and 190`() async throws {
        try await Stage.run { stage in
            for token in [nil, "EAAother"] {
                let reading = try await stage.send(Body.text("447700900456"), token: token)
                #expect(reading.status == 401)
                #expect(reading.code == 190)
                #expect(reading.error["type"] as? String == "OAuthException")
                #expect((reading.error["fbtrace_id"] as? String)?.isEmpty == false)
            }
        }
    }

    @Test func `an expired token answers 190 with subcode 463`() async throws {
        try await Stage.run { stage in
            stage.sim.adjust { $0.tokenExpired = true }
            let reading = try await stage.send(Body.text("447700900456"))
            #expect(reading.status == 401)
            #expect(reading.code == 190)
            #expect(reading.subcode == 463)
        }
    }

    @Test func `the token comes before the object, and the object before the body`() async throws {
        try await Stage.run { stage in
            #expect(try await stage.send("{}", from: "1", token: nil).code == 190)
            let unknown = try await stage.send("{}", from: "451207733986000")
            #expect(unknown.status == 400)
            #expect(unknown.code == 100)
            #expect(unknown.subcode == 33)
            #expect(unknown.error["type"] as? String == "GraphMethodException")
            #expect((unknown.error["message"] as? String)?.hasPrefix("Unsupported post request. Object with ID '451207733986000'") == true)
        }
    }

    @Test func `the access token may be a query parameter`() async throws {
        try await Stage.run { stage in
            let path = "/v25.0/\(StandardWorld.phoneNumberID)/messages?access_token=\(StandardWorld.accessToken)"
            let reading = try await stage.call("POST", path, body: Body.template("447700900456"), token: nil)
            #expect(reading.status == 200)
        }
    }

    @Test func `an app secret proof is checked when it is given, and demanded when it is required`() async throws {
        // printf %s EAAmetasimSystemUserTokenForTests0001 | openssl dgst -sha256 -hmac 5d1c0ffee5ec2e7a9b3f4d6e8a7c1b20
        let proof = "cfe429881b30c9f88ccf53534194aa13ac5354f0b02c0cfcb35ae9509ed315e9"
        try await Stage.run { stage in
            let path = "/v25.0/\(StandardWorld.phoneNumberID)"
            #expect(try await stage.get(path + "?appsecret_proof=00").code == 100)
            #expect(try await stage.get(path + "?appsecret_proof=" + proof).status == 200)
            stage.sim.adjust { $0.requiresSecretProof = true }
            let missing = try await stage.get(path)
            #expect(missing.code == 100)
            #expect(missing.error["type"] as? String == "GraphMethodException")
        }
    }

    @Test func `the product comes before the recipient, and the recipient before the type`() async throws {
        let product = try await refusal(#"{"type":"nonsense"}"#)
        #expect(product.error["message"] as? String == "(#100) The parameter messaging_product is required.")
        let recipient = try await refusal(#"{"messaging_product":"whatsapp","type":"nonsense"}"#)
        #expect(recipient.error["message"] as? String == "(#100) The parameter to is required.")
        let type = try await refusal(#"{"messaging_product":"whatsapp","to":"447700900456","type":"nonsense"}"#)
        #expect((type.error["message"] as? String)?.hasPrefix("(#100) Param type must be one of {AUDIO,") == true)
    }

    @Test func `a body that is not JSON is an invalid parameter`() async throws {
        #expect(try await refusal(#"{"messaging_product":"#).code == 100)
    }

    @Test(arguments: [
        (#"{"messaging_product":"whatsapp","to":"447700900456","type":"text"}"#, 131_008),
        (Body.text("447700900456", ""), 131_008),
        (Body.text("447700900456", String(repeating: "x", count: 4_097)), 131_009),
        (Body.text("not a number"), 131_009),
        (Body.text("+44 7700 900456", extra: #","biz_opaque_callback_data":"\#(String(repeating: "c", count: 513))""#), 131_009),
        (#"{"messaging_product":"whatsapp","to":"447700900456","type":"image","image":{}}"#, 131_008),
        (#"{"messaging_product":"whatsapp","to":"447700900456","type":"reaction","reaction":{"emoji":"x"}}"#, 131_008),
        (#"{"messaging_product":"whatsapp","to":"447700900456","type":"location","location":{"latitude":"1"}}"#, 131_008),
        (#"{"messaging_product":"whatsapp","to":"447700900456","type":"template","template":{"language":{"code":"en"}}}"#, 131_008),
        (Body.text("442079460123"), 131_021),
    ])
    func `values that are missing or out of range`(body: String, code: Int) async throws {
        #expect(try await refusal(body).code == code)
    }

    @Test func `four buttons are one too many`() async throws {
        let buttons = (1...4).map { #"{"type":"reply","reply":{"id":"\#($0)","title":"B\#($0)"}}"# }.joined(separator: ",")
        let reading = try await refusal(
            #"{"messaging_product":"whatsapp","to":"447700900456","type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[\#(buttons)]}}}"#
        )
        #expect(reading.code == 131_009)
        #expect(reading.details == "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
    }

    @Test func `the template is looked for before its parameters, and those before the state of the number`() async throws {
        let unregistered: (inout World) -> Void = { $0.accounts[0].numbers[0].isRegistered = false }
        let absent = try await refusal(Body.template("447700900456", "nope", components: ""), unregistered)
        #expect(absent.status == 404)
        #expect(absent.code == 132_001)
        #expect(absent.details == "template name (nope) does not exist in en_GB")
        #expect(try await refusal(Body.template("447700900456", components: ""), unregistered).code == 132_000)
        #expect(try await refusal(Body.template("447700900456"), unregistered).code == 133_010)
    }

    @Test(arguments: [("spring_offer", 132_015), ("old_offer", 132_016), ("flash_sale", 132_001)])
    func `a template that is not approved cannot be sent`(name: String, code: Int) async throws {
        #expect(try await refusal(Body.template("447700900456", name, components: Body.body("Amara"))).code == code)
    }

    @Test func `a locked account refuses`() async throws {
        let reading = try await refusal(Body.template("447700900456")) { $0.accounts[0].isLocked = true }
        #expect(reading.status == 403)
        #expect(reading.code == 131_031)
    }
}
