import WaproCloud
import WaproCore
import WaproRPC
import WaproSending
import WaproStore

/// Looks at all that has to be right between an account and Meta. Everything that Meta does not say is a finding, not an end.
struct AccountCheckup: Sendable {
    /// A token that ends sooner is a warning.
    private static let soon = Duration.seconds(14 * 86_400)

    let account: AccountRecord
    let accounts: Accounts
    /// All that the store has.
    let numbers: [NumberRecord]

    private typealias Findings = [AccountFinding]

    func reply() async throws(Fault) -> AccountCheck.Reply {
        guard let known = accounts.book.accounts[account.id] else {
            return reply([
                .wrong(
                    "account",
                    "waprod.yaml no longer has it, so nothing is sent through it.",
                    "Put it back, or take it up with account.add."
                )
            ])
        }
        guard let credentials = known.credentials else {
            let give = "waproctl account token \(account.name) --token FILE"
            guard known.token == nil else {
                let says = "The secret of the app \(account.appName) is missing, and Meta wants its proof, so nothing is sent."
                return reply([.wrong("token", says, "\(give) --app-secret FILE --verify-token FILE gives it.")])
            }
            return reply([.wrong("token", "There is none, so nothing is sent.", "\(give) gives one.")])
        }
        let app = accounts.book.apps[account.appName]
        var findings: Findings = []
        let token: TokenInfo?
        do throws(Fault) {
            token = try await accounts.describe(credentials, app: app?.ownCredentials())
        } catch {
            if error.kind == .metaUnreachable { throw error }
            return reply([.wrong("token", error.words, "waproctl account token \(account.name) --token FILE gives another one.")])
        }
        findings += tokenFindings(token, app)
        if token?.isValid == false { return reply(findings) }
        let appID = app?.metaID ?? token?.appID
        let (subscribed, subscriptionFindings) = try await subscription(credentials, appID)
        findings += subscriptionFindings
        let (listed, numberFindings) = try await numberFindings(credentials, known)
        findings += try await callbackFindings(subscribed, listed, app, appID)
        return reply(findings + numberFindings)
    }

    private func reply(_ findings: Findings) -> AccountCheck.Reply {
        let levels = findings.compactMap(\.level.known)
        let worst: FindingLevel = levels.contains(.wrong) ? .wrong : levels.contains(.warning) ? .warning : .ok
        return AccountCheck.Reply(account: account.name, level: Open(worst), findings: findings)
    }

    private func tokenFindings(_ token: TokenInfo?, _ app: AccountBook.App?) -> Findings {
        let another = "Make a system-user token that does not expire, and give it with waproctl account token \(account.name) --token FILE."
        guard let token else {
            return [
                .warning(
                    "token",
                    "Meta takes it, but does not say what it may do.",
                    "Look at the token in Business settings, System users; in waprod.yaml the app's id lets the app itself ask."
                )
            ]
        }
        guard token.isValid else { return [.wrong("token", "Meta says that it is not valid.", another)] }
        let kind = token.type.map { printable($0) } ?? "of an unknown kind"
        var findings: Findings = []
        if let end = token.expiresAt {
            let left = accounts.clock.now().duration(to: end)
            let says = "It is valid (\(kind)) and ends at \(end)."
            findings.append(left < Self.soon || token.type == "USER" ? .warning("token", says, another) : .ok("token", says))
        } else {
            findings.append(.ok("token", "It is valid (\(kind)) and does not expire."))
        }
        if let made = token.appID, let known = app?.metaID, made != known {
            let next = "Make it for that app, or name the app that it is for: its webhooks are signed with that one's secret."
            findings.append(.warning("token", "It was made for another app than \(account.appName).", next))
        }
        let asset = "In Business settings, give the system user this account and make a token with both permissions."
        for scope in TokenInfo.needed {
            if token.missingScopes.contains(scope) {
                findings.append(.wrong("permissions", "\(scope) is missing.", asset))
            } else if token.scopesElsewhere(than: account.wabaID).contains(scope) {
                findings.append(.wrong("permissions", "\(scope) is given, but not for this account.", asset))
            } else {
                findings.append(.ok("permissions", "\(scope) is given for this account."))
            }
        }
        return findings
    }

    private func subscription(_ credentials: GraphCredentials, _ appID: String?) async throws(Fault) -> (SubscribedApp?, Findings) {
        let subscribe = "waproctl account subscribe \(account.name)"
        do {
            let apps = try await accounts.graph.subscribedApps(of: account.wabaID, credentials: credentials)
            let ours = apps.first { $0.id == appID } ?? (appID == nil ? apps.first : nil)
            guard let ours else {
                let others = apps.isEmpty ? "No app" : "Only another app"
                return (
                    nil,
                    [.wrong("subscription", "\(others) gets the account's webhooks: nothing tells of replies and deliveries.", subscribe)]
                )
            }
            return (ours, [.ok("subscription", "The app \(printable(ours.name ?? ours.id)) gets the account's webhooks.")])
        } catch {
            return (nil, [try finding("subscription", error)])
        }
    }

    /// Where webhooks go: the app's own callback, and what takes its place for the account's messages or a number's (§5.4).
    private func callbackFindings(
        _ subscribed: SubscribedApp?,
        _ listed: [PhoneNumberInfo],
        _ app: AccountBook.App?,
        _ appID: String?
    ) async throws(Fault) -> Findings {
        guard let app else {
            let next = "waproctl account token \(account.name) --token FILE --app-secret FILE --verify-token FILE gives them."
            return [.wrong("callback", "The secrets of the app \(account.appName) are missing here, so its webhooks are refused.", next)]
        }
        var findings: Findings = []
        if let appID, let own = app.ownCredentials(id: appID) {
            do {
                findings += subscriptionFindings(try await accounts.graph.subscription(of: appID, credentials: own))
            } catch {
                findings.append(try error.isOfCredentials ? Self.wrongSecret : finding("callback", error))
            }
        }
        if let callback = subscribed?.callback { findings.append(place("callback", "This account's messages go to", callback)) }
        for info in listed {
            guard let callback = info.callback, let number = numbers.first(where: { $0.phoneNumberID == info.id }) else { continue }
            findings.append(place("number \(number.name)", "Its messages go to", callback))
        }
        return findings.isEmpty
            ? [.warning("callback", "Meta does not say where webhooks go.", "Look in the App Dashboard, WhatsApp, Configuration.")]
            : findings
    }

    private static let wrongSecret = AccountFinding.wrong(
        "callback",
        "Meta does not take the app's secret, so the app's webhooks are refused here.",
        "Compare it with the App Dashboard, App settings, Basic."
    )

    private func subscriptionFindings(_ subscription: AppSubscription?) -> Findings {
        let dashboard = "In the App Dashboard, WhatsApp, Configuration:"
        guard let subscription, subscription.isActive else {
            let next = "\(dashboard) set the callback URL and its verify token."
            return [.wrong("callback", "The app has no active subscription to WhatsApp's webhooks.", next)]
        }
        var findings = [place("callback", "The app's webhooks go to", subscription.callback)]
        if !subscription.fields.contains("messages") {
            findings.append(.wrong("callback", "The app is not subscribed to messages.", "\(dashboard) subscribe to messages."))
        }
        return findings
    }

    /// A place to which webhooks go: right when it ends as our path does, whatever stands before it.
    private func place(_ about: String, _ what: String, _ url: String) -> AccountFinding {
        let address = String(url.prefix { $0 != "?" && $0 != "#" })
        let says = "\(what) \(printable(address, limit: 200))"
        guard address.hasSuffix("/webhook/\(account.appName)") else {
            let next = "It must lead to /webhook/\(account.appName) of this waprod: see waproctl account subscribe --callback-url."
            return .warning(about, "\(says), which is not this app's path.", next)
        }
        return .ok(about, "\(says).")
    }

    private func numberFindings(
        _ credentials: GraphCredentials,
        _ known: AccountBook.Account
    ) async throws(Fault) -> ([PhoneNumberInfo], Findings) {
        let listed: [PhoneNumberInfo]
        do {
            listed = try await accounts.graph.phoneNumbers(of: account.wabaID, credentials: credentials)
        } catch {
            return ([], [try finding("numbers", error)])
        }
        let ours = numbers.filter { known.numbers[$0.id] != nil }
        var findings = ours.map { number -> AccountFinding in
            guard let info = listed.first(where: { $0.id == number.phoneNumberID }) else {
                return .wrong(
                    "number \(number.name)",
                    "Meta does not have it in this account.",
                    "Compare phone_number_id with WhatsApp Manager."
                )
            }
            return Self.finding(number, info)
        }
        let strangers = listed.count { info in !ours.contains { $0.phoneNumberID == info.id } }
        if strangers > 0 {
            let what = strangers == 1 ? "One number" : "\(strangers) numbers"
            findings.append(
                .warning(
                    "numbers",
                    "\(what) of the account at Meta \(strangers == 1 ? "is" : "are") not known here.",
                    "Add them to waprod.yaml, if they shall be used; for an account by command that is not possible yet."
                )
            )
        }
        return (listed, findings)
    }

    private static func finding(_ number: NumberRecord, _ info: PhoneNumberInfo) -> AccountFinding {
        let about = "number \(number.name)"
        let status = printable(info.status ?? "of an unknown state")
        let quality = info.qualityRating.map { ", quality \(printable($0))" } ?? ""
        if let code = number.halted {
            let next = "Mend the cause; then waproctl release --number \(number.name) tries it again."
            return .wrong(about, "It is \(status)\(quality), but nothing leaves from it. \(Reason.metaHalted.words(code: code))", next)
        }
        guard info.status == nil || info.status == "CONNECTED" else {
            return .wrong(about, "It is \(status)\(quality).", "Look at the number in WhatsApp Manager.")
        }
        guard info.qualityRating != "RED" else {
            return .warning(about, "It is \(status)\(quality).", "Send less, and only what people asked for.")
        }
        return .ok(about, "It is \(status)\(quality).")
    }

    /// Meta would not say: a finding. Meta cannot be reached: an end.
    private func finding(_ about: String, _ failure: GraphFailure) throws(Fault) -> AccountFinding {
        if failure.kind == .notReached { throw Fault(failure) }
        return .warning(about, "Meta does not say: \(failure.refusal.words).", "See the other findings; then check again.")
    }
}

extension AccountFinding {
    fileprivate static func ok(_ about: String, _ says: String) -> Self { .init(level: Open(.ok), about: about, says: says) }

    fileprivate static func warning(_ about: String, _ says: String, _ next: String) -> Self {
        .init(level: Open(.warning), about: about, says: says, next: next)
    }

    fileprivate static func wrong(_ about: String, _ says: String, _ next: String) -> Self {
        .init(level: Open(.wrong), about: about, says: says, next: next)
    }
}
