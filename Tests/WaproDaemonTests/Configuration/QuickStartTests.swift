import Testing
import WaproCore

@testable import WaproDaemon

struct QuickStartTests {
    let fixture: ConfigurationFixture
    let environment = [
        "WHATSAPP_TOKEN": "EAAGtoken", "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
        "WHATSAPP_BUSINESS_ACCOUNT_ID": "102290129340398", "WHATSAPP_APP_SECRET": "0123456789abcdef", "WHATSAPP_VERIFY_TOKEN": "hello",
    ]

    init() throws {
        fixture = try ConfigurationFixture()
    }

    @Test func `five variables make one of everything`() throws {
        let configuration = try fixture.load("", environment: environment)
        #expect(configuration.portfolios == [.init(name: "default")])
        #expect(configuration.apps == [.init(name: "default", secret: Secret("0123456789abcdef"), verifyToken: Secret("hello"))])
        #expect(
            configuration.accounts == [
                .init(name: "default", portfolio: "default", app: "default", wabaID: "102290129340398", token: Secret("EAAGtoken"))
            ]
        )
        #expect(configuration.numbers == [.init(name: "default", account: "default", phoneNumberID: "106540352242922")])
    }

    @Test func `what is missing is named`() throws {
        var environment = environment
        environment["WHATSAPP_APP_SECRET"] = nil
        environment["WHATSAPP_VERIFY_TOKEN"] = ""
        let problems = try fixture.problems("", environment: environment)
        #expect(problems.map { $0.prefix { $0 != ";" } }.count == 2)
        #expect(problems.first?.hasPrefix("environment: WHATSAPP_APP_SECRET: is missing") == true)
        #expect(problems.last?.hasPrefix("environment: WHATSAPP_VERIFY_TOKEN: is missing") == true)
    }

    @Test func `an id that is not one is refused, and a secret is never repeated`() throws {
        var environment = environment
        environment["WHATSAPP_PHONE_NUMBER_ID"] = "+1 555 0100"
        environment["WHATSAPP_TOKEN"] = "canary token"
        let problems = try fixture.problems("", environment: environment)
        #expect(problems.count == 2)
        #expect(!problems.joined().contains("canary"))
    }

    @Test func `a file with accounts is not added to`() throws {
        let configuration = try fixture.load(fixture.whole, environment: environment)
        #expect(configuration.accounts.map(\.name) == ["shop"])
    }
}
