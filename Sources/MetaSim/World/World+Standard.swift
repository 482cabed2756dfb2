/// The ids and secrets of the world that exists when nothing is configured. None of them means anything at Meta.
public enum StandardWorld {
    public static let portfolioID = "660184420937715"
    public static let accountID = "330918274650112"
    /// `+44 20 7946 0123`, throughput level STANDARD: 80 messages a second.
    public static let phoneNumberID = "451207733986120"
    /// `+44 20 7946 0999`, throughput level HIGH: 1,000 messages a second.
    public static let highThroughputPhoneNumberID = "451207733986999"
    public static let appID = "918273645501122"
    public static let appSecret = "5d1c0ffee5ec2e7a9b3f4d6e8a7c1b20"
    public static let verifyToken = "metasim-verify-token"
    public static let accessToken = "EAAmetasimSystemUserTokenForTests0001"
}

extension World {
    /// One portfolio, one account with two numbers and the standard templates, one app, one token.
    public static var standard: World {
        World(
            portfolio: Portfolio(id: StandardWorld.portfolioID),
            accounts: [
                Account(
                    id: StandardWorld.accountID,
                    name: "Harbour Street Goods",
                    numbers: [
                        PhoneNumber(id: StandardWorld.phoneNumberID, display: "+44 20 7946 0123", verifiedName: "Harbour Street Goods"),
                        PhoneNumber(
                            id: StandardWorld.highThroughputPhoneNumberID,
                            display: "+44 20 7946 0999",
                            verifiedName: "Harbour Street Offers",
                            throughput: .high
                        ),
                    ],
                    templates: Template.standard
                )
            ],
            apps: [
                App(
                    id: StandardWorld.appID,
                    name: "Harbour Street Messaging",
                    secret: StandardWorld.appSecret,
                    verifyToken: StandardWorld.verifyToken,
                    accounts: [StandardWorld.accountID]
                )
            ],
            tokens: [AccessToken(StandardWorld.accessToken, app: StandardWorld.appID, accounts: [StandardWorld.accountID])]
        )
    }
}
