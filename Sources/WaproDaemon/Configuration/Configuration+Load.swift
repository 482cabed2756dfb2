extension Configuration {
    /// Reads and checks the configuration.
    ///
    /// - Parameters:
    ///   - path: the file. Nil: `defaultPath` when it exists, else only defaults and the environment. A file that is named must exist.
    ///   - environment: overrides (`WAPROD_STORE_PATH`), the quick start (`WHATSAPP_TOKEN`, …), `CREDENTIALS_DIRECTORY`, and what
    ///     `{env: NAME}` refers to.
    ///   - secrets: whether every secret must be there.
    /// - Throws: every problem that was found. The daemon ends with exit code 78 (`EX_CONFIG`) on it.
    public static func load(
        path: String? = nil,
        environment: [String: String],
        secrets: SecretCheck = .required
    ) throws(ConfigurationRefusal) -> Configuration {
        let reading = ConfigurationReading(try document(at: path), environment: environment, check: secrets)
        guard reading.problems.isEmpty else { throw ConfigurationRefusal(problems: reading.problems) }
        return reading.configuration
    }

    private static func document(at path: String?) throws(ConfigurationRefusal) -> ConfigurationDocument {
        let file = path ?? defaultPath
        if path == nil, !SmallFile.exists(file) { return ConfigurationDocument(path: file) }
        do throws(Complaint) {
            guard let text = try SmallFile.read(file, limit: 1 << 20).text else { throw Complaint("the file is not UTF-8 text") }
            return ConfigurationDocument(text, path: file)
        } catch {
            throw ConfigurationRefusal(problems: [.init(place: printable(file), key: "", text: error.text)])
        }
    }
}
