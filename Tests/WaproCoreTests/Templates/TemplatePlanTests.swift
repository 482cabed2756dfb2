import Testing
import WaproCore

@Suite struct TemplatePlanTests {
    private func problems(_ template: Template, _ parameters: [String: String]) -> [TemplateProblem] {
        do throws(TemplateRefusal) {
            _ = try template.plan(parameters: parameters)
            return []
        } catch {
            return error.problems
        }
    }

    private let good = ["header.1": "{{order}}", "1": "{{first_name|friend}}", "2": "{{order}}", "button.0": "{{order}}?u=88"]

    @Test func `a plan has Meta's components with expressions`() throws {
        let plan = try TemplateSample.decode(TemplateSample.orderUpdate).plan(parameters: good)
        #expect(plan.name == "order_update")
        #expect(plan.language == "en_GB")
        #expect(plan.fields == ["order", "first_name"])
        #expect(plan.components.map(\.target) == [.header, .body, .button(.url, index: 0)])
        guard case .text(let value, nil) = plan.components[1].parameters[0] else {
            Issue.record("not what was expected")
            return
        }
        #expect(value.expression == (try TemplateExpression("{{first_name|friend}}")))
    }

    @Test func `a filled template has Meta's components with values, and a preview`() throws {
        let plan = try TemplateSample.decode(TemplateSample.orderUpdate).plan(
            parameters: good.merging(["button.2.payload": "ADDRESS"]) { $1 }
        )
        let filled = try plan.fill { ["order": "991", "first_name": "Amara"][$0] }
        #expect(
            filled.components == [
                ComponentParameters(target: .header, parameters: [.text("991", name: nil)]),
                ComponentParameters(target: .body, parameters: [.text("Amara", name: nil), .text("991", name: nil)]),
                ComponentParameters(target: .button(.url, index: 0), parameters: [.text("991?u=88", name: nil)]),
                ComponentParameters(target: .button(.quickReply, index: 2), parameters: [.payload("ADDRESS")]),
            ]
        )
        #expect(
            filled.preview == """
                Order 991
                Hi Amara, order 991 is on its way, Amara.
                Harbour Street Goods
                [Track]
                [Call us]
                [Change address]
                """
        )
        #expect(try plan.fill { $0 == "order" ? "7" : nil }.preview.contains("Hi friend, order 7"))
    }

    @Test func `named parameters carry their names`() throws {
        let template = try TemplateSample.make(TemplateSample.named, format: "NAMED")
        let filled = try template.plan(parameters: ["header.name": "you", "first_name": "{{name}}", "order_id": "991"]).fill { _ in "Amara"
        }
        #expect(filled.components[1].parameters == [.text("Amara", name: "first_name"), .text("991", name: "order_id")])
        #expect(filled.preview == "For you\nHi Amara, order 991.")
    }

    @Test func `a one-time password is given once and sent twice`() throws {
        let template = try TemplateSample.make(TemplateSample.oneTimePassword, category: "AUTHENTICATION")
        let filled = try template.plan(parameters: ["1": "{{code}}"]).fill { _ in "123456" }
        #expect(
            filled.components == [
                ComponentParameters(target: .body, parameters: [.text("123456", name: nil)]),
                ComponentParameters(target: .button(.url, index: 0), parameters: [.text("123456", name: nil)]),
            ]
        )
        #expect(filled.preview == "*123456* is your code.\nExpires in 10 minutes.\n[Copy code]")
        for bad in ["1234567890123456", "12 34", "12😀", "https://x"] { #expect(problems(template, ["1": bad]).count == 1, "\(bad)") }
    }

    @Test func `media is a link or an id, known before the first contact`() throws {
        let template = try TemplateSample.make(#"{"type":"HEADER","format":"DOCUMENT"}"#)
        let byID = try template.plan(parameters: ["header.document": "id:{{file}}", "header.document.filename": "invoice {{n}}.pdf"])
        #expect(
            try byID.fill { $0 == "n" ? "9" : "1204455667789010" }.components[0].parameters == [
                .media(.document, .id, "1204455667789010", fileName: "invoice 9.pdf")
            ]
        )
        let byLink = try template.plan(parameters: ["header.document": "https://cdn.example.com/{{n}}.pdf"])
        let filled = try byLink.fill { _ in "9" }
        #expect(filled.components[0].parameters == [.media(.document, .link, "https://cdn.example.com/9.pdf", fileName: nil)])
        #expect(filled.preview == "[document]")
        for bad in ["http://x/y", "cat.pdf", "cat{{n}}", "id:", "id:a b", ""] {
            #expect(!problems(template, ["header.document": bad]).isEmpty, "\(bad)")
        }
        #expect(throws: TemplateRefusal.self) { try template.plan(parameters: ["header.document": "{{file}}"]).fill { _ in "cat.pdf" } }
    }

    @Test func `a location needs all four`() throws {
        let template = try TemplateSample.make(#"{"type":"HEADER","format":"LOCATION"}"#)
        let all = [
            "header.location.latitude": "51.5", "header.location.longitude": "-0.12", "header.location.name": "Depot",
            "header.location.address": "12 Harbour Street",
        ]
        #expect(
            try template.plan(parameters: all).fill { _ in nil }.components[0].parameters == [
                .location(latitude: "51.5", longitude: "-0.12", name: "Depot", address: "12 Harbour Street")
            ]
        )
        #expect(problems(template, all.merging(["header.location.latitude": "91"]) { $1 }).map(\.reason) == [.notCoordinate])
        #expect(problems(template, [:]).count == 4)
    }

    @Test func `a flow button always goes with a token, a copy code with its code`() throws {
        let flow = try TemplateSample.make(#"{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Go","flow_id":"1"}]}"#)
        #expect(try flow.plan(parameters: [:]).fill { _ in nil }.components[0].parameters == [.flow(token: "unused")])
        let coupon = try TemplateSample.make(#"{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"AUT20"}]}"#)
        #expect(try coupon.plan(parameters: ["button.0": "AUT20"]).fill { _ in nil }.components[0].parameters == [.couponCode("AUT20")])
        #expect(problems(coupon, ["button.0": "123456789012345678901"]).map(\.reason) == [.tooLong(limit: 20)])
    }

    @Test func `every problem is told at once`() throws {
        let template = try TemplateSample.decode(TemplateSample.orderUpdate)
        let found = problems(template, ["header.1": "{{", "1": "a\nb", "button.0": "a b", "buton.0": "x", "colour": "red"])
        #expect(
            found.map(\.description) == [
                "header.1: column 1: this \"{{\" has no \"}}\" after it",
                "1: the value has a line break or a tab, which Meta does not take in a parameter (132018)",
                "2: needs a value (text)",
                "button.0: the value has a space, a tab or a line break in it",
                "buton.0: the template has no such parameter; did you mean \"button.0\"?",
                "colour: the template has no such parameter; it has header.1, 1, 2, button.0, button.2.payload",
            ]
        )
    }

    @Test(arguments: [
        ("", TemplateProblem.Reason.empty), ("   ", .empty), ("a\tb", .lineBreakOrTab), ("a\u{2028}b", .lineBreakOrTab),
        ("a     b", .fiveSpaces),
        ("{{x}} a\r\nb", .lineBreakOrTab), ("{{x}}     b", .fiveSpaces), (String(repeating: "x", count: 1025), .tooLong(limit: 1024)),
    ])
    func `what the fixed text already breaks is found before anything is sent`(value: String, reason: TemplateProblem.Reason) throws {
        #expect(problems(try TemplateSample.body("Hi {{1}}."), ["1": value]).map(\.reason) == [reason])
    }

    @Test func `four spaces and the longest body are allowed`() throws {
        let template = try TemplateSample.body("Hi {{1}}.")
        #expect(problems(template, ["1": "a    b"]).isEmpty)
        #expect(problems(template, ["1": String(repeating: "x", count: 1020)]).isEmpty)
        #expect(problems(template, ["1": String(repeating: "x", count: 1021)]).map(\.slot) == ["body"])
        let header = try TemplateSample.make(#"{"type":"HEADER","format":"TEXT","text":"Order {{1}}"}"#)
        #expect(problems(header, ["header.1": String(repeating: "x", count: 54)]).isEmpty)
        #expect(problems(header, ["header.1": String(repeating: "x", count: 55)]).map(\.reason) == [.tooLong(limit: 60)])
    }

    @Test func `what only a contact's values break is found when they are filled in`() throws {
        let plan = try TemplateSample.body("Hi {{1}}, {{2}}.").plan(parameters: ["1": "{{name}}", "2": "{{note|none}}"])
        func reasons(_ values: [String: String]) -> [TemplateProblem.Reason] {
            do throws(TemplateRefusal) {
                _ = try plan.fill { values[$0] }
                return []
            } catch {
                #expect(!error.description.contains("private"))
                return error.problems.map(\.reason)
            }
        }
        #expect(reasons(["name": "Ana"]) == [])
        #expect(reasons(["name": "private\nname"]) == [.lineBreakOrTab])
        #expect(reasons(["name": "   "]) == [.empty])
        #expect(reasons(["name": "Ana", "note": "private     x"]) == [.fiveSpaces])
        #expect(
            reasons(["name": String(repeating: "x", count: 600), "note": String(repeating: "y", count: 600)]) == [.tooLong(limit: 1024)]
        )
        #expect(reasons(["note": "private\t"]).count == 2)
    }

    @Test(arguments: [
        (#"{"type":"CAROUSEL","cards":[]}"#, "carousel templates cannot be sent yet"),
        (#"{"type":"LIMITED_TIME_OFFER","limited_time_offer":{}}"#, "limited-time-offer templates cannot be sent yet"),
        (#"{"type":"HOLOGRAM"}"#, "templates with a component of type HOLOGRAM cannot be sent yet"),
        (#"{"type":"HEADER","format":"GIF"}"#, "templates with a header of format GIF cannot be sent yet"),
        (#"{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}"#, "templates with a button of type MPM cannot be sent yet"),
    ])
    func `what cannot be sent yet is refused in words`(component: String, words: String) throws {
        #expect(problems(try TemplateSample.make(component), [:]).map(\.description) == [words])
    }
}
