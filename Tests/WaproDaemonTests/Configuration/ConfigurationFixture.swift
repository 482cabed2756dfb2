import FoundationEssentials
import Testing
import WaproCore

@testable import WaproDaemon

/// A folder of its own for one test, with the files that a configuration needs; removed with it.
final class ConfigurationFixture {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/wapro-configuration-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write("token", "EAAGtoken\n")
        try write("app-secret", "0123456789abcdef")
        try write("verify", "hello-meta\r\n")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    @discardableResult
    func write(_ name: String, _ content: String, mode: Int = 0o600) throws -> String {
        let path = folder + "/" + name
        try Data(content.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    func load(
        _ yaml: String,
        environment: [String: String] = [:],
        secrets: SecretCheck = .required
    ) throws -> Configuration {
        let path = try write("waprod.yaml", yaml, mode: 0o644)
        return try Configuration.load(path: path, environment: environment, secrets: secrets)
    }

    /// The problems of a file that must be refused, with the folder's name taken out: `waprod.yaml:3: store.path: …`.
    func problems(_ yaml: String, environment: [String: String] = [:]) throws -> [String] {
        let refusal = try #require(throws: ConfigurationRefusal.self) { try load(yaml, environment: environment) }
        return refusal.problems.map { $0.description.replacing(folder + "/", with: "") }
    }

    /// A whole and right configuration of one account.
    var whole: String {
        """
        store:
          path: /srv/wapro/store.db
          cache_size: 128MiB
        cloud:
          timeout: 45s
        portfolios:
          - name: acme
        apps:
          - name: main
            id: 1234567890
            secret: {file: \(folder)/app-secret}
            verify_token: {file: \(folder)/verify}
            appsecret_proof: true
        accounts:
          - name: shop
            portfolio: acme
            app: main
            waba_id: 102290129340398
            token: {file: \(folder)/token}
        numbers:
          - name: sales
            account: shop
            phone_number_id: 106540352242922
            rate: 40
        """
    }
}
