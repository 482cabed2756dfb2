import WaproCore

extension ConfigurationReading {
    /// The variables of the quick start, in the order in which they are documented.
    static let quickStartVariables = [
        "WHATSAPP_TOKEN", "WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_BUSINESS_ACCOUNT_ID", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN",
    ]

    /// With none of the lists in the file, five variables make one portfolio, app, account and number, all named `default`.
    mutating func quickStart() {
        let given = Self.quickStartVariables.filter { environment[$0]?.isEmpty == false }
        guard document.hasNoAccounts, !given.isEmpty else { return }
        for name in Self.quickStartVariables where !given.contains(name) {
            complain(
                "environment",
                name,
                "is missing: \(given.joined(separator: ", ")) ask for a quick start, which needs all five variables"
            )
        }
        let token = quickStartSecret("WHATSAPP_TOKEN")
        let number = quickStartID("WHATSAPP_PHONE_NUMBER_ID")
        let account = quickStartID("WHATSAPP_BUSINESS_ACCOUNT_ID")
        let appSecret = quickStartSecret("WHATSAPP_APP_SECRET")
        let verifyToken = quickStartSecret("WHATSAPP_VERIFY_TOKEN")
        guard let token, let number, let account, let appSecret, let verifyToken else { return }
        change {
            $0.portfolios = [.init(name: "default")]
            $0.apps = [.init(name: "default", secret: appSecret, verifyToken: verifyToken)]
            $0.accounts = [.init(name: "default", portfolio: "default", app: "default", wabaID: account, token: token)]
            $0.numbers = [.init(name: "default", account: "default", phoneNumberID: number)]
        }
    }

    private mutating func quickStartID(_ name: String) -> String? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        do throws(Complaint) {
            return try Format.metaID.read(text)
        } catch {
            complain("environment", name, error.text)
            return nil
        }
    }

    private mutating func quickStartSecret(_ name: String) -> Secret? {
        guard environment[name]?.isEmpty == false else { return nil }
        do throws(Complaint) {
            return try SecretReference.environment(name).resolve(environment: environment, check: .required)
        } catch {
            complain("environment", name, error.text)
            return nil
        }
    }
}
