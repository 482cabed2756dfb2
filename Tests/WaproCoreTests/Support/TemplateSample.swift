import Foundation
import Testing
import WaproCore

/// Templates in the JSON of Meta's `GET /{WABA}/message_templates`.
enum TemplateSample {
    static func decode(_ json: String) throws -> Template {
        try JSONDecoder().decode(Template.self, from: Data(json.utf8))
    }

    static func make(_ components: String, category: String = "UTILITY", format: String = "POSITIONAL") throws -> Template {
        try decode(
            """
            {"name":"t","language":"en_GB","status":"APPROVED","category":"\(category)","id":"1","parameter_format":"\(format)",
             "components":[\(components)]}
            """
        )
    }

    static func body(_ text: String) throws -> Template {
        try make("{\"type\":\"BODY\",\"text\":\"\(text)\"}")
    }

    static let orderUpdate = """
        {"name":"order_update","parameter_format":"POSITIONAL","components":[
          {"type":"HEADER","format":"TEXT","text":"Order {{1}}","example":{"header_text":["991"]}},
          {"type":"BODY","text":"Hi {{1}}, order {{2}} is on its way, {{1}}.","example":{"body_text":[["Amara","991"]]}},
          {"type":"FOOTER","text":"Harbour Street Goods"},
          {"type":"BUTTONS","buttons":[
            {"type":"URL","text":"Track","url":"https://shop.example.com/t/{{1}}","example":["https://shop.example.com/t/991"]},
            {"type":"PHONE_NUMBER","text":"Call us","phone_number":"+442079460123"},
            {"type":"QUICK_REPLY","text":"Change address"}]}],
         "language":"en_GB","status":"APPROVED","category":"UTILITY","id":"987650012340002",
         "quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"}
        """

    static let named = """
        {"type":"HEADER","format":"TEXT","text":"For {{name}}"},
        {"type":"BODY","text":"Hi {{first_name}}, order {{order_id}}.",
         "example":{"body_text_named_params":[{"param_name":"order_id","example":"991"},{"param_name":"first_name","example":"Amara"}]}}
        """

    static let oneTimePassword = """
        {"type":"BODY","text":"*{{1}}* is your code.","add_security_recommendation":true},
        {"type":"FOOTER","text":"Expires in 10 minutes.","code_expiration_minutes":10},
        {"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}]}
        """
}
