import Testing
import WaproCore

@Suite struct TemplateExpressionTests {
    private let amara: (String) -> String? = { ["first_name": "Amara", "city": ""][$0] }

    @Test(arguments: [
        ("Hello", "Hello"), ("", ""), ("Hello {{first_name}}!", "Hello Amara!"), ("{{ first_name | friend }}", "Amara"),
        ("{{nick|friend}} of {{city|town}}", "friend of town"), ("{{nick|}}", ""), ("{ {x} }", "{ {x} }"), ("{{nick|{}}}", "{}"),
        ("{{first_name}}{{first_name}}", "AmaraAmara"), ("a }} b", "a }} b"), ("{{nick|a|b}}", "a|b"),
    ])
    func `holes are filled or fall back`(text: String, value: String) throws {
        #expect(try TemplateExpression(text).evaluate(amara) == value)
    }

    @Test(arguments: [
        ("{{name", 1), ("Hi {{name}", 4), ("Hi {{}}", 6), ("Hi {{ |x}}", 6), ("a {{b}} {{c", 9), ("{{a{b}}", 4), ("é {{a\nb}}", 6),
    ])
    func `a mistake is pointed at`(text: String, column: Int) throws {
        let error = try #require(throws: TemplateExpression.SyntaxError.self) { try TemplateExpression(text) }
        #expect(error.column == column)
        #expect(error.description.hasPrefix("column \(column): "))
    }

    @Test func `a field that is missing or empty without a fallback is named`() throws {
        for (text, name) in [("{{nick}}", "nick"), ("{{city}}", "city")] {
            let error = try #require(throws: TemplateExpression.MissingField.self) { try TemplateExpression(text).evaluate(amara) }
            #expect(error.name == name)
        }
    }

    @Test func `an expression knows its fields and whether it is constant`() throws {
        #expect(try TemplateExpression("{{a}} {{b|x}} {{a}}").fields == ["a", "b"])
        #expect(try TemplateExpression("plain").constant == "plain")
        #expect(try TemplateExpression("").constant == "")
        #expect(try TemplateExpression("{{a}}").constant == nil)
    }

    @Test func `the text form comes back`() throws {
        for text in ["Hi {{a|b}} and {{c}}", "x", "{{a|}}"] { #expect(try TemplateExpression(text).description == text) }
    }
}
