import WaproCore
import Yams

extension ConfigurationReading {
    /// The lists.
    mutating func readEntries() {
        entries("portfolios", EntryKeys.portfolios) { entry in
            entry.required("name", .name).map { Configuration.Portfolio(name: $0) }
        } keep: {
            $0.portfolios = $1
        }
        entries("apps", EntryKeys.apps) { entry in
            let name = entry.required("name", .name)
            let id = entry.optional("id", .metaID)
            let secret = entry.requiredSecret("secret")
            let previous = entry.optionalSecret("previous_secret")
            let verify = entry.requiredSecret("verify_token")
            let proves = entry.optional("appsecret_proof", .yesOrNo) ?? false
            guard let name, let secret, let verify else { return nil }
            return Configuration.App(
                name: name,
                id: id,
                secret: secret,
                previousSecret: previous,
                verifyToken: verify,
                provesSecret: proves
            )
        } keep: {
            $0.apps = $1
        }
        entries("accounts", EntryKeys.accounts) { entry in
            let name = entry.required("name", .name)
            let portfolio = entry.required("portfolio", .name)
            let app = entry.required("app", .name)
            let wabaID = entry.required("waba_id", .metaID)
            let token = entry.requiredSecret("token")
            guard let name, let portfolio, let app, let wabaID, let token else { return nil }
            return Configuration.Account(name: name, portfolio: portfolio, app: app, wabaID: wabaID, token: token)
        } keep: {
            $0.accounts = $1
        }
        entries("numbers", EntryKeys.numbers) { entry in
            let name = entry.required("name", .name)
            let account = entry.required("account", .name)
            let id = entry.required("phone_number_id", .metaID)
            let rate = entry.optional("rate", .count(1...100_000))
            guard let name, let account, let id else { return nil }
            return Configuration.Number(name: name, account: account, phoneNumberID: id, rate: rate)
        } keep: {
            $0.numbers = $1
        }
        entries("callers", EntryKeys.callers) { entry in
            let role = entry.required("role", .role)
            let user = entry.optional("user", .user)
            let group = entry.optional("group", .group)
            let isOne = entry.has("user") != entry.has("group")
            if !isOne { entry.complain(entry.line, nil, "give either user or group") }
            guard let role, isOne, let subject = user.map(Configuration.CallerRule.Subject.user) ?? group.map({ .group($0) }) else {
                return nil
            }
            return Configuration.CallerRule(role: role, subject: subject)
        } keep: {
            $0.callers = $1
        }
    }

    private mutating func entries<Value>(
        _ list: String,
        _ keys: [String],
        read: (inout EntryReader) -> Value?,
        keep: (inout Configuration, [Value]) -> Void
    ) {
        var values: [Value] = []
        var places: [String] = []
        for (index, node) in (document.lists[list] ?? []).enumerated() {
            var unchecked: [SecretReference] = []
            var reader = EntryReader(node, key: "\(list)[\(index)]", known: keys, path: document.path) {
                [environment, check] reference throws(Complaint) in
                if let secret = try reference.resolve(environment: environment, check: check) { return secret }
                unchecked.append(reference)
                return Secret("")
            }
            if !reader.isEmpty || reader.problems.isEmpty, let value = read(&reader) {
                values.append(value)
                places.append(place(reader.line))
            }
            take(reader)
            for reference in unchecked {
                note(unchecked: "\(place(reader.line)): \(reference) was not looked at: only systemd passes it")
            }
        }
        self.places[list] = places
        change { keep(&$0, values) }
    }
}
