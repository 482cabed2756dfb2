import Foundation
import Testing
import WaproCore

@Suite struct TemplateTests {
    @Test func `Meta's JSON becomes a template`() throws {
        let template = try TemplateSample.decode(TemplateSample.orderUpdate)
        #expect(template.name == "order_update")
        #expect(template.id == "987650012340002")
        #expect(template.language == "en_GB")
        #expect(template.category == .utility)
        #expect(template.status == .approved)
        #expect(template.parameterFormat == .positional)
        #expect(template.quality?.rawValue == "GREEN")
        #expect(template.components.map(\.kind) == [.header, .body, .footer, .buttons])
        #expect(template.components[3].buttons.map(\.kind) == [.url, .phoneNumber, .quickReply])
        #expect(template.body == "Hi {{1}}, order {{2}} is on its way, {{1}}.")
    }

    @Test func `nothing is lost on the way to the store and back`() throws {
        let json = """
            {"name":"t","language":"en","status":"NEW_STATE","category":"SOMETHING","new_key":{"deep":[1,2.5,true,null,"x"]},
             "components":[{"type":"HOLOGRAM","beam":12345678901234567},{"type":"BODY","text":"Hi","odd":[{}]}]}
            """
        let template = try TemplateSample.decode(json)
        let again = try JSONDecoder().decode(RawJSON.self, from: JSONEncoder().encode(template))
        #expect(again == (try JSONDecoder().decode(RawJSON.self, from: Data(json.utf8))))
        #expect(template.status.rawValue == "NEW_STATE")
        #expect(template.components[0].kind.rawValue == "HOLOGRAM")
        #expect(template.components[0].json.text == #"{"beam":12345678901234567,"type":"HOLOGRAM"}"#)
    }

    @Test func `what Meta changes by webhook is what is stored`() throws {
        var template = try TemplateSample.decode(TemplateSample.orderUpdate)
        template.status = .paused
        template.category = .marketing
        let stored = try JSONDecoder().decode(Template.self, from: JSONEncoder().encode(template))
        #expect(stored.status == .paused)
        #expect(stored.category == .marketing)
    }

    @Test(arguments: [
        (#"{"language":"en","components":[]}"#, "name"), (#"{"name":"t","components":[]}"#, "language"),
        (#"{"name":"t","language":"en"}"#, "components"), (#"{"name":7,"language":"en","components":[]}"#, "name"), ("[]", "name"),
    ])
    func `what is no template says which key is missing`(json: String, key: String) throws {
        let error = try #require(throws: DecodingError.self) { try TemplateSample.decode(json) }
        #expect("\(error)".contains("\"\(key)\"") || "\(error)".contains("\\\"\(key)\\\""))
    }

    @Test func `slots have stable keys in the order of the components`() throws {
        let slots = try TemplateSample.decode(TemplateSample.orderUpdate).slots
        #expect(slots.map(\.key) == ["header.1", "1", "2", "button.0", "button.2.payload"])
        #expect(slots.map(\.isRequired) == [true, true, true, true, false])
        #expect(slots.map(\.example) == ["991", "Amara", "991", "https://shop.example.com/t/991", nil])
    }

    @Test func `named parameters are slots by name`() throws {
        let slots = try TemplateSample.make(TemplateSample.named, format: "NAMED").slots
        #expect(slots.map(\.key) == ["header.name", "first_name", "order_id"])
        #expect(slots.map(\.example) == [nil, "Amara", "991"])
    }

    @Test func `ten parameters stay in numerical order`() throws {
        let text = (1...11).reversed().map { "{{\($0)}}" }.joined(separator: " ")
        #expect(try TemplateSample.body(text).slots.map(\.key) == (1...11).map(String.init))
    }

    @Test(arguments: [
        (#"{"type":"HEADER","format":"IMAGE"}"#, ["header.image"]), (#"{"type":"HEADER","format":"VIDEO"}"#, ["header.video"]),
        (#"{"type":"HEADER","format":"DOCUMENT"}"#, ["header.document", "header.document.filename"]),
        (
            #"{"type":"HEADER","format":"LOCATION"}"#,
            ["header.location.latitude", "header.location.longitude", "header.location.name", "header.location.address"]
        ),
        (#"{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"AUT20"}]}"#, ["button.0"]),
        (#"{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Go","flow_id":"1"}]}"#, ["button.0.flow_token"]),
        (#"{"type":"BUTTONS","buttons":[{"type":"URL","text":"Go","url":"https://example.com"}]}"#, []),
        (#"{"type":"FOOTER","text":"Bye"}"#, []),
    ])
    func `every kind of component has its slots`(component: String, keys: [String]) throws {
        #expect(try TemplateSample.make(component).slots.map(\.key) == keys)
    }

    @Test func `an authentication template has one slot`() throws {
        #expect(try TemplateSample.make(TemplateSample.oneTimePassword, category: "AUTHENTICATION").slots.map(\.key) == ["1"])
    }
}
