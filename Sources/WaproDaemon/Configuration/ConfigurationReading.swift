import Configuration
import WaproCore
import WaproRPC
import Yams

/// One reading of the configuration, from document and environment to checked values.
struct ConfigurationReading {
    let document: ConfigurationDocument
    let environment: [String: String]
    let check: SecretCheck

    private(set) var configuration = Configuration()
    private(set) var problems: [ConfigurationRefusal.Problem]
    /// Where the entries of each list stand, for problems between them.
    var places: [String: [String]] = [:]

    init(_ document: ConfigurationDocument, environment: [String: String], check: SecretCheck) {
        self.document = document
        self.environment = environment
        self.check = check
        problems = document.problems
        readSettings()
        readEntries()
        quickStart()
        checkAcross()
    }

    mutating func complain(_ place: String, _ key: String, _ text: String) {
        problems.append(.init(place: place, key: key, text: text))
    }

    mutating func note(unchecked text: String) {
        configuration.unchecked.append(text)
    }

    mutating func change(_ body: (inout Configuration) -> Void) {
        body(&configuration)
    }

    mutating func take(_ entry: EntryReader) {
        problems += entry.problems
    }

    // MARK: Scalar settings

    /// The environment goes before the file; swift-configuration decides, so that its rules for names hold.
    private mutating func readSettings() {
        let overrides = environment.filter { $0.key.hasPrefix(Setting.variablePrefix) }
        let reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(environmentVariables: overrides).prefixKeys(with: "waprod"),
            InMemoryProvider(
                values: Dictionary(
                    uniqueKeysWithValues: document.scalars.map { key, value in
                        (AbsoluteConfigKey(ConfigKey(key).components), ConfigValue(.string(value.text), isSecret: false))
                    }
                )
            ),
        ])
        for setting in Setting.all {
            guard let text = reader.string(forKey: ConfigKey(setting.key)) else { continue }
            do throws(Complaint) {
                try setting.apply(text, &configuration)
            } catch {
                if overrides[setting.variable] != nil {
                    complain("environment", setting.variable, error.text)
                } else {
                    complain(place(document.scalars[setting.key]?.line), setting.key, error.text)
                }
            }
        }
        refuseMisspelt(overrides.keys.sorted())
    }

    /// A variable that is nearly a setting is a mistake; any other `WAPROD_…` is not ours to judge (container platforms add such).
    private mutating func refuseMisspelt(_ names: [String]) {
        let known = Setting.all.map(\.variable)
        for name in names where !known.contains(name) {
            let stem = String(name.dropFirst(Setting.variablePrefix.count))
            let stems = known.map { $0.dropFirst(Setting.variablePrefix.count).lowercased() }
            guard let near = Suggestion.nearest(to: stem, among: stems) else { continue }
            complain("environment", printable(name), "there is no such setting; did you mean \(Setting.variablePrefix)\(near.uppercased())")
        }
    }

    func place(_ line: Int?) -> String { line.map { "\(document.path):\($0)" } ?? document.path }
}
