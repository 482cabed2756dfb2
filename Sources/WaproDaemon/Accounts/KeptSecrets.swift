import WaproCloud
import WaproCore
import WaproStore

/// What is in the folder of secrets, by what it is for.
///
/// A file says in its first line for which count of the store it was written (of an account's credentials, of an app's secrets). A draft whose
/// count the store has reached is in use, whether or not it got its name before a crash; any other was never committed.
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
        var verifyToken: Secret
        /// The secret before the last change, which signs what is under way.
        var previous: Secret?
    }

    /// - Parameter count: of the account's credentials, in the store.
    func token(of wabaID: String, count: Int64) throws(SecretFolderFailure) -> Token? {
        guard let lines = try lines(Self.file(account: wabaID), count), let token = lines.first else { return nil }
        return Token(token: token, replaces: lines.dropFirst().first?.revealed)
    }

    /// - Parameter count: of the app's secrets, in the store.
    func app(_ name: String, count: Int64) throws(SecretFolderFailure) -> App? {
        guard let lines = try lines(Self.file(app: name), count), lines.count >= 2 else { return nil }
        return App(secret: lines[0], verifyToken: lines[1], previous: lines.dropFirst(2).first)
    }

    /// - Parameter count: what the store counts once the token is in use.
    func draft(_ token: Token, of wabaID: String, for count: Int64) throws(SecretFolderFailure) {
        let lines = [token.token] + (token.replaces.map { [Secret($0)] } ?? [])
        try folder.draft(Self.file(account: wabaID), [Secret("\(count)")] + lines)
    }

    /// - Parameter count: what the store counts once the secrets are in use.
    func draft(_ app: App, named name: String, for count: Int64) throws(SecretFolderFailure) {
        let lines = [app.secret, app.verifyToken] + (app.previous.map { [$0] } ?? [])
        try folder.draft(Self.file(app: name), [Secret("\(count)")] + lines)
    }

    /// Puts the drafts into use that the store's counts say are, and deletes all others. A failure is said when all were tried.
    func settle(_ accounts: [AccountRecord], _ apps: [AppRecord]) throws(SecretFolderFailure) {
        var counts: [String: Int64] = [:]
        for account in accounts { counts[Self.file(account: account.wabaID)] = account.credentials }
        for app in apps { counts[Self.file(app: app.name)] = app.secrets }
        var failure: SecretFolderFailure?
        for file in try folder.drafts() {
            do throws(SecretFolderFailure) {
                if let count = counts[file], try folder.readDraft(file)?.first?.revealed == "\(count)" {
                    try folder.take(file)
                } else {
                    try folder.drop(file)
                }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    func forgetToken(of wabaID: String) { folder.remove(Self.file(account: wabaID)) }

    func forgetApp(_ name: String) { folder.remove(Self.file(app: name)) }

    /// What counts of a file, without its first line.
    private func lines(_ file: String, _ count: Int64) throws(SecretFolderFailure) -> [Secret]? {
        if let draft = try folder.readDraft(file), draft[0].revealed == "\(count)" { return Array(draft.dropFirst()) }
        return try folder.read(file).map { Array($0.dropFirst()) }
    }

    private static func file(account wabaID: String) -> String { "account-\(wabaID).token" }
    private static func file(app name: String) -> String { "app-\(name).secrets" }
}
