import Testing
import WaproRPC

@testable import WaproDaemon

struct ConfigurationRefusalTests {
    let fixture: ConfigurationFixture

    init() throws {
        fixture = try ConfigurationFixture()
    }

    @Test func `every problem is reported at once, each with its line and a suggestion`() throws {
        let problems = try fixture.problems(
            """
            stroe:
              path: /x
            store:
              cash_size: 1MiB
              cache_size: lots
            webhook:
              listen: 8085
              max_body_bytes: [1, 2]
            log:
              level: wraning
            cloud:
              listen: x
            """
        )
        #expect(
            problems == [
                "waprod.yaml:1: stroe: there is no such section; did you mean store",
                "waprod.yaml:4: store.cash_size: there is no such setting; did you mean store.cache_size",
                "waprod.yaml:8: webhook.max_body_bytes: this is a list, but should be a size from 64KiB to 64MiB, such as 4MiB",
                "waprod.yaml:12: cloud.listen: there is no such setting; did you mean webhook.listen",
                "waprod.yaml:5: store.cache_size: “lots” is not a size from 1MiB to 64GiB, such as 4MiB",
                "waprod.yaml:7: webhook.listen: “8085” is not an IP address and port such as 127.0.0.1:8085 or [::1]:8085",
                "waprod.yaml:10: log.level: “wraning” is not one of trace, debug, info, notice, warning, error, critical; did you mean warning",
            ]
        )
    }

    @Test(arguments: [
        ("store: [", "waprod.yaml:2: this is not YAML"),
        ("store:\n  path: /a\n  path: /b", "waprod.yaml:2: the key “path” stands here twice; remove one"),
        ("- store", "waprod.yaml:1: the file is a list"),
        ("just words", "waprod.yaml:1: the file is a single value"),
        ("store: /var/lib", "waprod.yaml:1: store: this is a single value, but should be a section of keys and values"),
        ("accounts: {name: x}", "waprod.yaml:1: accounts: this is a section of keys and values, but should be a list"),
        ("accounts: [x]", "waprod.yaml:1: accounts[0]: this is a single value, but should be an entry with the keys name"),
        ("a: 1\n---\nb: 2", "waprod.yaml:2: this is not YAML"),
    ])
    func `a wrong form is refused with its place`(yaml: String, beginning: String) throws {
        let problems = try fixture.problems(yaml)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(beginning) == true, "\(problems)")
    }

    @Test(arguments: [
        ("{role: admni, user: root}", "callers[0].role: “admni” is not one of viewer, agent, operator, admin; did you mean admin"),
        ("{role: admin, user: nobody-of-this-name}", "callers[0].user: this machine has no user “nobody-of-this-name”; id -u says"),
        ("{role: admin, group: '-1'}", "callers[0].group: this machine has no group “-1”; getent group says"),
        ("{role: admin}", "callers[0]: give either user or group"),
        ("{role: admin, user: 1, group: 2}", "callers[0]: give either user or group"),
        ("{user: 1}", "callers[0].role: is missing: it should be one of viewer, agent, operator, admin"),
        ("{role: admin, user: 4294967295}", "callers[0].user: this machine has no user"),
    ])
    func `a caller that is not somebody is refused`(entry: String, problem: String) throws {
        let problems = try fixture.problems("callers:\n  - \(entry)")
        #expect(problems.count == 1 && problems[0].hasPrefix("waprod.yaml:2: \(problem)"), "\(problems)")
    }

    @Test func `callers are users and groups, by name or number`() throws {
        let configuration = try fixture.load("callers:\n  - {role: operator, user: root}\n  - {role: viewer, group: 4711}")
        #expect(
            configuration.callers == [.init(role: .operator, subject: .user(0)), .init(role: .viewer, subject: .group(4711))]
        )
    }

    @Test(arguments: [
        "store: {path: relative.db}", "store: {cache_size: 4MB}", "store: {cache_size: 1KiB}", "control: {socket: run.sock}",
        "control: {max_depth: 1e2}", "webhook: {listen: 'localhost:8085'}", "webhook: {listen: '127.0.0.1:70000'}",
        "webhook: {request_timeout: 10}", "webhook: {request_timeout: 5 minutes}", "cloud: {base_url: 'http://graph.facebook.com'}",
        "cloud: {base_url: graph.facebook.com}", "cloud: {version: '25'}", "cloud: {ca_file: /absent.pem}",
        "cloud: {proxy: 'ftp://proxy:21'}", "cloud: {timeout: 0s}", "sending: {reserve_percent: 100}", "sending: {ahead: -1}",
        "cloud: {http: http1.1, connections: 4, in_flight: 5}", "control: {connections: 10, connections_per_user: 11}",
        "retention: {events_days: 0}",
    ])
    func `an impossible value is refused`(yaml: String) throws {
        #expect(try fixture.problems(yaml).count == 1)
    }

    @Test func `entries must have their keys, and names that lead somewhere`() throws {
        let problems = try fixture.problems(
            """
            portfolios: [{name: acme}, {name: acme}]
            apps:
              - {name: main, secret: {file: \(fixture.folder)/app-secret}, verify_token: {file: \(fixture.folder)/verify}}
            accounts:
              - name: shop
                portfolio: acmee
                app: main
                waba_id: 102290129340398
                token: {file: \(fixture.folder)/token}
              - name: Shop 2
                portfolio: acme
                waba_ids: 1
            numbers:
              - {name: sales, account: store, phone_number_id: 106540352242922}
            """
        )
        #expect(
            problems == [
                "waprod.yaml:12: accounts[1].waba_ids: there is no such key; did you mean waba_id",
                "waprod.yaml:10: accounts[1].name: “Shop 2” is not a name of 1 to 40 lower-case letters, digits, - and _",
                "waprod.yaml:10: accounts[1].app: is missing: it should be a name of 1 to 40 lower-case letters, digits, - and _",
                "waprod.yaml:10: accounts[1].waba_id: is missing: it should be an id of Meta's (5 to 20 digits)",
                "waprod.yaml:10: accounts[1].token: is missing: write {credential: NAME}, {file: /PATH} or {env: NAME}",
                "waprod.yaml:1: portfolios.name: “acme” is used before (waprod.yaml:1); it must be unique",
                "waprod.yaml:5: accounts.portfolio: there is no entry named “acmee” in “portfolios”; did you mean acme",
                "waprod.yaml:14: numbers.account: there is no entry named “store” in “accounts”; there are: shop, Shop 2",
            ]
        )
    }

    @Test func `what somebody wrote cannot act on a terminal`() throws {
        let problems = try fixture.problems("log: {level: \"\\e[2J\\u202Eevil\"}\n\"\\e]0;x\\a\": 1")
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { text in text.unicodeScalars.allSatisfy(\.properties.generalCategory.isPrintable) })
    }
}
