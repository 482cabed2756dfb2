import WaproCloud
import WaproCore

/// What is in the folder of secrets, by what it is for.
struct KeptSecrets: Sendable {
    let folder: SecretFolder

    /// An access token that a command gave.
    struct Token {
        var token: Secret
        /// Fingerprint of the configuration's token that it took the place of; nil for an account that a command added.
        var replaces: String?
    }

    /// Of an app that a command added.
    struct App: Sendable, Hashable {
        var secret: Secret
        /// The secret before the last change, which signs what is under way.
        var previous: Secret?
        var verifyToken: Secret
    }

    func token(of wabaID: String) throws(SecretFolderFailure) -> Token? {
        guard let lines = try folder.read(Self.tokenFile(wabaID)), let token = lines.first else { return nil }
        return Token(token: token, replaces: lines.dropFirst().first?.revealed)
    }

    func keep(_ token: Token, of wabaID: String) throws(SecretFolderFailure) {
        try folder.write(Self.tokenFile(wabaID), [token.token] + (token.replaces.map { [Secret($0)] } ?? []))
    }

    func forgetToken(of wabaID: String) { folder.remove(Self.tokenFile(wabaID)) }

    func app(_ name: String) throws(SecretFolderFailure) -> App? {
        guard let secrets = try folder.read(Self.secretFile(name)), let secret = secrets.first,
            let verify = try folder.read(Self.verifyFile(name))?.first
        else { return nil }
        return App(secret: secret, previous: secrets.dropFirst().first, verifyToken: verify)
    }

    func keep(_ app: App, named name: String) throws(SecretFolderFailure) {
        try folder.write(Self.secretFile(name), [app.secret] + (app.previous.map { [$0] } ?? []))
        try folder.write(Self.verifyFile(name), [app.verifyToken])
    }

    func forgetApp(_ name: String) {
        folder.remove(Self.secretFile(name))
        folder.remove(Self.verifyFile(name))
    }

    private static func tokenFile(_ wabaID: String) -> String { "account-\(wabaID).token" }
    private static func secretFile(_ app: String) -> String { "app-\(app).secret" }
    private static func verifyFile(_ app: String) -> String { "app-\(app).verify" }
}
