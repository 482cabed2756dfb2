import Yams

extension ConfigurationReading {
    /// What no single value shows: names used twice, references that lead nowhere, settings that exclude each other.
    mutating func checkAcross() {
        let value = configuration
        unique("portfolios", "name", value.portfolios.map(\.name))
        unique("apps", "name", value.apps.map(\.name))
        unique("accounts", "name", value.accounts.map(\.name))
        unique("accounts", "waba_id", value.accounts.map(\.wabaID))
        unique("numbers", "name", value.numbers.map(\.name))
        unique("numbers", "phone_number_id", value.numbers.map(\.phoneNumberID))
        exists("accounts", "portfolio", value.accounts.map(\.portfolio), in: "portfolios")
        exists("accounts", "app", value.accounts.map(\.app), in: "apps")
        exists("numbers", "account", value.numbers.map(\.account), in: "accounts")

        if value.cloud.http == .http1, value.cloud.inFlight > value.cloud.connections {
            complain(
                whereSet("cloud.in_flight"),
                "cloud.in_flight",
                """
                \(value.cloud.inFlight) is more than cloud.connections (\(value.cloud.connections)): with HTTP/1.1 a connection \
                carries one request; make them equal
                """
            )
        }
        if value.control.connectionsPerUser > value.control.connections {
            complain(
                whereSet("control.connections_per_user"),
                "control.connections_per_user",
                "\(value.control.connectionsPerUser) is more than control.connections (\(value.control.connections))"
            )
        }
    }

    /// Where a setting was set: the line, the environment, or the file when it has its default.
    private func whereSet(_ key: String) -> String {
        let variable = Setting.all.first { $0.key == key }?.variable ?? ""
        return environment[variable] != nil ? "environment" : place(document.scalars[key]?.line)
    }

    private func placeOfEntry(_ list: String, _ index: Int) -> String {
        let places = places[list] ?? []
        return places.indices.contains(index) ? places[index] : "environment"
    }

    private mutating func unique(_ list: String, _ field: String, _ values: [String]) {
        var first: [String: Int] = [:]
        for (index, value) in values.enumerated() {
            if let earlier = first[value] {
                let before = placeOfEntry(list, earlier)
                complain(placeOfEntry(list, index), "\(list).\(field)", "\(quoted(value)) is used before (\(before)); it must be unique")
            } else {
                first[value] = index
            }
        }
    }

    /// Names are compared with what was written, so that an entry that was refused for another reason is not called unknown.
    private mutating func exists(_ list: String, _ field: String, _ references: [String], in target: String) {
        let written = (document.lists[target] ?? []).compactMap { $0.mapping?["name"]?.scalar?.string }
        let known = document.hasNoAccounts ? ["default"] : written
        for (index, name) in references.enumerated() where !known.contains(name) {
            let all =
                known.isEmpty ? "; the list “\(target)” is empty" : "; there are: \(known.map { printable($0) }.joined(separator: ", "))"
            let near = didYouMean(name, among: known)
            let hint = near.isEmpty ? all : near
            complain(placeOfEntry(list, index), "\(list).\(field)", "there is no entry named \(quoted(name)) in “\(target)”\(hint)")
        }
    }
}
