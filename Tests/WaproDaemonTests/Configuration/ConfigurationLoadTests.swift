import FoundationEssentials
import Logging
import Testing
import WaproCore

@testable import WaproDaemon

struct ConfigurationLoadTests {
    let fixture: ConfigurationFixture

    init() throws {
        fixture = try ConfigurationFixture()
    }

    @Test func `a whole file is read`() throws {
        let configuration = try fixture.load(fixture.whole)
        #expect(configuration.store.path == "/srv/wapro/store.db")
        #expect(configuration.store.cacheSize == 128 << 20)
        #expect(configuration.cloud.timeout == .seconds(45))
        #expect(configuration.cloud.version == "v25.0")
        #expect(configuration.portfolios == [.init(name: "acme")])
        #expect(
            configuration.apps == [
                .init(
                    name: "main",
                    id: "1234567890",
                    secret: Secret("0123456789abcdef"),
                    verifyToken: Secret("hello-meta"),
                    provesSecret: true
                )
            ]
        )
        #expect(
            configuration.accounts == [
                .init(name: "shop", portfolio: "acme", app: "main", wabaID: "102290129340398", token: Secret("EAAGtoken"))
            ]
        )
        #expect(configuration.numbers == [.init(name: "sales", account: "shop", phoneNumberID: "106540352242922", rate: 40)])
        #expect(configuration.unchecked.isEmpty)
    }

    @Test func `an empty file means the defaults, and so do sections without settings`() throws {
        for yaml in ["", "# nothing\n", "store:\ncloud:\n  # proxy: http://proxy.example:3128\naccounts:\n"] {
            let configuration = try fixture.load(yaml)
            #expect(configuration.store == Configuration.Store())
            #expect(configuration.cloud == Configuration.Cloud())
            #expect(configuration.accounts.isEmpty)
        }
    }

    @Test func `every default would be accepted if it were written in the file`() throws {
        for setting in Setting.all {
            let text = setting.render(Configuration())
            guard text != "unset" else { continue }
            var configuration = Configuration()
            #expect(throws: Never.self, "\(setting.key): \(text)") { try setting.apply(text, &configuration) }
            #expect(setting.render(configuration) == text)
        }
    }

    @Test func `the environment goes before the file`() throws {
        let configuration = try fixture.load(
            fixture.whole,
            environment: ["WAPROD_STORE_PATH": ":memory:", "WAPROD_CLOUD_BASE_URL": "http://127.0.0.1:9000/", "WAPROD_LOG_LEVEL": "debug"]
        )
        #expect(configuration.store.isInMemory)
        #expect(configuration.cloud.baseURL == "http://127.0.0.1:9000")
        #expect(configuration.log.level == .debug)
        #expect(configuration.store.cacheSize == 128 << 20)
    }

    @Test func `a refused value of the environment is said to come from there`() throws {
        let problems = try fixture.problems("", environment: ["WAPROD_CLOUD_HTTP": "http3", "WAPROD_STORE_PAHT": "/x"])
        #expect(
            problems == [
                "environment: WAPROD_CLOUD_HTTP: “http3” is not one of http1.1, http2; did you mean http2",
                "environment: WAPROD_STORE_PAHT: there is no such setting; did you mean WAPROD_STORE_PATH",
            ]
        )
    }

    @Test func `variables that a container platform adds are left alone`() throws {
        let environment = ["WAPROD_SERVICE_HOST": "10.0.0.1", "WAPROD_PORT_8085_TCP_ADDR": "10.0.0.1"]
        #expect(try fixture.load("", environment: environment).store == Configuration.Store())
    }

    @Test func `a file that is named must exist`() throws {
        let refusal = #expect(throws: ConfigurationRefusal.self) {
            try Configuration.load(path: fixture.folder + "/absent.yaml", environment: [:])
        }
        #expect(refusal?.description.contains("there is no such file") == true)
    }

    @Test func `a file that is not text, or a folder, is refused in one line`() throws {
        let path = fixture.folder + "/binary.yaml"
        try Data([0xff, 0xfe, 0x00]).write(to: URL(filePath: path))
        for path in [path, fixture.folder] {
            let refusal = #expect(throws: ConfigurationRefusal.self) { try Configuration.load(path: path, environment: [:]) }
            #expect(refusal?.problems.count == 1)
        }
    }
}
