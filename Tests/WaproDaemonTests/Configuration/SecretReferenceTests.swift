import Testing
import WaproCore

@testable import WaproDaemon

struct SecretReferenceTests {
    let fixture: ConfigurationFixture

    init() throws {
        fixture = try ConfigurationFixture()
    }

    /// The whole configuration with another reference for the token.
    private func yaml(token: String) -> String {
        fixture.whole.replacing("{file: \(fixture.folder)/token}", with: token)
    }

    @Test func `a literal secret is refused and never repeated`() throws {
        let problems = try fixture.problems(yaml(token: "EAAGliteral"))
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("waprod.yaml:19: accounts[0].token: a secret must not be written here") == true, "\(problems)")
        #expect(problems.first?.contains("EAAGliteral") == false)
    }

    @Test func `a path without its kind gets the right form suggested`() throws {
        let problems = try fixture.problems(yaml(token: "/etc/waprod/token"))
        #expect(problems.first?.hasSuffix("did you mean {file: /etc/waprod/token}") == true, "\(problems)")
    }

    @Test func `a secret comes from a file, a systemd credential or the environment, without its line end`() throws {
        let credentials = fixture.folder
        try fixture.write("waprod.access-token", "from-credential\n", mode: 0o444)
        let environment = ["CREDENTIALS_DIRECTORY": credentials, "MY_TOKEN": "from-environment"]
        for (reference, expected) in [
            ("{file: \(fixture.folder)/token}", "EAAGtoken"), ("{credential: waprod.access-token}", "from-credential"),
            ("{env: MY_TOKEN}", "from-environment"),
        ] {
            let configuration = try fixture.load(yaml(token: reference), environment: environment)
            #expect(configuration.accounts.first?.token == Secret(expected))
        }
    }

    @Test func `a file that everybody can read is refused`() throws {
        try fixture.write("token", "EAAGtoken", mode: 0o644)
        let problems = try fixture.problems(fixture.whole)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("every user of this machine can read it; run “chmod o-rwx") == true)
        #expect(problems.first?.contains("EAAGtoken") == false)
    }

    @Test(arguments: [
        ("{file: token}", "is not an absolute path"), ("{file: /absent/token}", "there is no such file"),
        ("{file: /dev/zero}", "is not a regular file"), ("{credential: a/b}", "it has no slash"),
        ("{credential: absent}", "systemd did not pass it; add LoadCredential=absent"), ("{env: ABSENT}", "the variable is not set"),
        ("{path: /x}", "is not a kind of reference"), ("{file: /x, env: Y}", "exactly one of"), ("[x]", "is not a reference to a secret"),
        ("{env: EMPTY}", "the variable is empty"), ("{env: TWO_WORDS}", "a secret is one word on one line"),
        ("{credential: waprod.empty}", "it is empty: put the secret in /etc/credstore/waprod.empty"),
    ])
    func `a reference that leads nowhere says what to do`(reference: String, words: String) throws {
        try fixture.write("waprod.empty", "\n")
        let environment = ["CREDENTIALS_DIRECTORY": fixture.folder, "EMPTY": "", "TWO_WORDS": "canary-a b"]
        let problems = try fixture.problems(yaml(token: reference), environment: environment)
        #expect(problems.count == 1)
        #expect(problems.first?.contains(words) == true, "\(problems)")
        #expect(problems.first?.contains("canary") == false)
    }

    @Test func `a check in a shell lets credentials be, and says so`() throws {
        let reference = yaml(token: "{credential: waprod.access-token}")
        let configuration = try fixture.load(reference, secrets: .whereReachable)
        #expect(configuration.unchecked.count == 1)
        #expect(configuration.unchecked.first?.contains("{credential: waprod.access-token} was not looked at") == true)
        #expect(try fixture.problems(reference).first?.contains("systemd passed no credentials") == true)
    }
}
