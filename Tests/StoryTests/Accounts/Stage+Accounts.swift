import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

/// Secrets that are easy to find again, wherever they get to.
enum Canary {
    static let token = "EAAcanaryTokenOfRooms0001"
    static let nextToken = "EAAcanaryTokenOfRooms0002"
    static let goodsToken = "EAAcanaryTokenOfGoods0002"
    static let appSecret = "canarySecretOfTheSecondApp"
    static let verifyToken = "canaryVerifyTokenOfTheSecondApp"
    static let all = [token, nextToken, goodsToken, appSecret, verifyToken]
}

/// The account that nobody has configured: two numbers, and an app of its own.
enum Rooms {
    static let account = "330918274650999"
    static let numbers = ["451207733986551", "451207733986552"]
    static let app = "918273645509999"
}

extension Stage {
    /// Has an account at Meta of which waprod.yaml says nothing. Its app calls back, and is not subscribed.
    func foundRooms() {
        let port = port
        simulator.updateWorld { world in
            let numbers = Rooms.numbers.enumerated().map { index, id in
                PhoneNumber(id: id, display: "+44 20 7946 055\(index)", verifiedName: "Harbour Street Rooms")
            }
            world.accounts.append(Account(id: Rooms.account, name: "Rooms", numbers: numbers, templates: world.accounts[0].templates))
            world.apps.append(
                App(
                    id: Rooms.app,
                    name: "Rooms App",
                    secret: Canary.appSecret,
                    verifyToken: Canary.verifyToken,
                    callback: "http://127.0.0.1:\(port)/webhook/second",
                    accounts: []
                )
            )
            for token in [Canary.token, Canary.nextToken] {
                world.tokens.append(AccessToken(token, app: Rooms.app, accounts: [Rooms.account]))
            }
        }
    }

    func addRooms(
        name: String = "rooms",
        token: String = Canary.token,
        proves: Bool? = nil,
        dryRun: Bool? = nil,
        key: String? = nil
    ) -> AccountAdd {
        AccountAdd(
            name: name,
            wabaId: Rooms.account,
            portfolio: "hotels",
            app: "second",
            token: Secret(token),
            appSecret: Secret(Canary.appSecret),
            verifyToken: Secret(Canary.verifyToken),
            appsecretProof: proves,
            dryRun: dryRun,
            idempotencyKey: key
        )
    }

    /// Another token for the account that waprod.yaml has.
    func issueToken() {
        simulator.issue(AccessToken(Canary.goodsToken, app: StandardWorld.appID, accounts: [StandardWorld.accountID]))
    }

    /// What the manual's examples need: another token for the account that there is, and an account to be added, whose token is of the same app.
    func layOutTokens() throws {
        foundRooms()
        issueToken()
        simulator.issue(AccessToken("EAAroomsByTheMainApp", app: StandardWorld.appID, accounts: [Rooms.account]))
        for (name, token) in ["new-token": Canary.goodsToken, "rooms-token": "EAAroomsByTheMainApp"] {
            try (token + "\n").write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    /// Files in which something is that must not be there: the store's and the logs, not the folder of secrets.
    func leaks() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            guard name.hasPrefix("waprod.db") || name.hasPrefix("log-"),
                let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)")
            else { return false }
            return Canary.all.contains { bytes.range(of: Data($0.utf8)) != nil }
        }
    }

    /// The files of the folder of secrets.
    var keptSecrets: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: storeFolder + "/waprod.db.secrets")) ?? []).sorted()
    }

    func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(storeFolder)/\(path)")
        return try #require(attributes[.posixPermissions] as? Int)
    }
}
