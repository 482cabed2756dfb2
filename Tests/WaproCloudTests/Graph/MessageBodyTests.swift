import Foundation
import Testing
import WaproCore

@testable import WaproCloud

@Suite struct MessageBodyTests {
    /// Bodies are compared as values: Meta does not care for the order of keys.
    func json(_ bytes: [UInt8]) throws -> RawJSON { try JSONDecoder().decode(RawJSON.self, from: Data(bytes)) }
    func json(_ text: String) throws -> RawJSON { try json(Array(text.utf8)) }

    @Test func `a text has the documented shape`() throws {
        let body = MessageBody.text(
            "Your parcel: https://shop.example.com/t/991",
            to: .phone("+447700900456"),
            callbackData: "w1:s:a",
            previewsLink: true
        )
        let wanted = #"""
            {"messaging_product":"whatsapp","recipient_type":"individual","to":"+447700900456","type":"text",
             "text":{"preview_url":true,"body":"Your parcel: https://shop.example.com/t/991"},"biz_opaque_callback_data":"w1:s:a"}
            """#
        #expect(try json(body) == json(wanted))
    }

    @Test func `a reply to a user id has context and recipient`() throws {
        let body = MessageBody.text("Sure\n\"one\" moment \\ 📦", to: .user("GB.5Lr1"), callbackData: "w1:s:a", replyingTo: "wamid.X")
        let wanted = #"""
            {"messaging_product":"whatsapp","recipient_type":"individual","recipient":"GB.5Lr1","type":"text","context":{"message_id":"wamid.X"},
             "text":{"body":"Sure\n\"one\" moment \\ 📦"},"biz_opaque_callback_data":"w1:s:a"}
            """#
        #expect(try json(body) == json(wanted))
    }

    static let template = #"""
        {"name":"order_update","language":"en_GB","status":"APPROVED","category":"UTILITY","id":"1","components":[
          {"type":"HEADER","format":"DOCUMENT"},
          {"type":"BODY","text":"Hi {{1}}, order {{2}} is on its way from {{3}} and should arrive soon."},
          {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop"},{"type":"URL","text":"Track","url":"https://shop.example.com/{{1}}"}]}]}
        """#

    func plan() throws -> TemplatePlan {
        let template = try Template(json: try json(Self.template))
        return try template.plan(parameters: [
            "header.document": "https://cdn.example.com/{{order}}.pdf", "header.document.filename": "Order.pdf", "1": "{{name|friend}}",
            "2": "{{order}}", "3": "Lon\"don", "button.0.payload": "STOP", "button.1": "t/{{order}}?u=1",
        ])
    }

    static let wanted = #"""
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"+447700900456","type":"template","biz_opaque_callback_data":"w1:s:a",
         "template":{"name":"order_update","language":{"code":"en_GB"},"components":[
          {"type":"header","parameters":[{"type":"document","document":{"link":"https://cdn.example.com/99\"1.pdf","filename":"Order.pdf"}}]},
          {"type":"body","parameters":[{"type":"text","text":"Amara \\ \"O\""},{"type":"text","text":"99\"1"},{"type":"text","text":"Lon\"don"}]},
          {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"STOP"}]},
          {"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"t/99\"1?u=1"}]}]}}
        """#

    @Test func `a campaign's body with its holes filled is the template message itself`() throws {
        let plan = try plan()
        let filled = try plan.fill { ["name": "Amara \\ \"O\"", "order": "99\"1"][$0] }
        let campaign = CampaignBody(plan).fill(filled, to: .phone("+447700900456"), callbackData: "w1:s:a")
        #expect(try json(campaign) == json(Self.wanted))
        #expect(MessageBody.template(filled, to: .phone("+447700900456"), callbackData: "w1:s:a") == campaign)
    }

    @Test func `named parameters carry their names, and a template without parameters has no components`() throws {
        let named = try Template(
            json: try json(
                #"{"name":"n","language":"en","category":"UTILITY","parameter_format":"NAMED","components":[{"type":"BODY","text":"Hi {{first_name}}, hello."}]}"#
            )
        )
        let plan = try named.plan(parameters: ["first_name": "{{name}}"])
        let filled = try plan.fill { _ in "Amara" }
        let body = try json(CampaignBody(plan).fill(filled, to: .phone("+44"), callbackData: "c"))
        #expect(
            try body["template"]?["components"]
                == json(#"[{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Amara"}]}]"#)
        )
        let bare = try Template(
            json: try json(#"{"name":"b","language":"en","category":"UTILITY","components":[{"type":"BODY","text":"Hello."}]}"#)
        )
        let bareBody = try json(
            CampaignBody(bare.plan(parameters: [:])).fill(bare.plan(parameters: [:]).fill { _ in nil }, to: .user("U.1"), callbackData: "c")
        )
        #expect(bareBody["template"]?["components"] == nil)
        #expect(bareBody["recipient"]?.string == "U.1")
    }
}
