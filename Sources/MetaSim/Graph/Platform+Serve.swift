import NIOCore
import NIOHTTP1

/// From a request to an answer: which path is which.
extension Platform {
    func serve(_ request: HTTPRequest, _ reply: Reply) {
        if request.path.first == "_sim" { return Admin(platform: self).serve(request, reply) }
        do throws(GraphError) {
            guard let version = request.path.first, Self.isVersion(version), request.path.count >= 2 else { throw .unknownPath }
            let caller = try authorise(request)
            if request.method == .POST, request.path.count == 3, request.path[2] == "messages" {
                return try send(request, caller, reply)
            }
            if request.method == .POST, request.path.count == 3, request.path[2] == "subscribed_apps" {
                return try subscribe(request, caller, reply)
            }
            guard request.method == .GET else { throw .unknownObject(request.path[1], method: request.method.rawValue) }
            reply.answer(Answer(json: try node(request, caller)))
        } catch {
            refuse(error, reply)
        }
    }

    /// `v25.0`.
    private static func isVersion(_ text: String) -> Bool {
        guard text.first == "v" else { return false }
        let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { Int($0) != nil }
    }

    func refuse(_ error: GraphError, _ reply: Reply) {
        var answer = Answer(error.status, error.body(trace: serial()))
        switch error.code {
        case 4: answer.headers.append(("x-app-usage", "{\"call_count\":100,\"total_cputime\":22,\"total_time\":25}"))
        case 80_007:
            let account = directory.world.accounts.first?.id ?? "0"
            let usage = "{\"\(account)\":[{\"type\":\"whatsapp\",\"call_count\":100,\"total_cputime\":20,\"total_time\":20,"
            answer.headers.append(("x-business-use-case-usage", usage + "\"estimated_time_to_regain_access\":1}]}"))
        default: break
        }
        reply.answer(answer)
    }

    // MARK: Who is calling

    struct Caller: Sendable {
        let token: AccessToken
        /// It is the app that calls, with its id and secret, and not somebody whom it has given a token.
        var isApp = false
        let directory: Directory
        let knobs: Knobs

        func may(_ account: String) -> Bool { token.accounts.contains(account) }
    }

    private func authorise(_ request: HTTPRequest) throws(GraphError) -> Caller {
        let (directory, knobs) = (directory, knobs)
        let header = request.headers.first(name: "authorization")
        let bearer = header.flatMap { $0.lowercased().hasPrefix("bearer ") ? String($0.dropFirst(7)) : nil }
        guard let value = bearer ?? request.query("access_token"), !value.isEmpty else { throw .noToken }
        if let app = directory.app(withToken: value) {
            return Caller(token: AccessToken(value, app: app.id, accounts: []), isApp: true, directory: directory, knobs: knobs)
        }
        guard let token = directory.tokens[value] else { throw .invalidToken }
        guard !knobs.tokenExpired, !token.isExpired else { throw .expiredToken }
        guard !token.isRevoked else { throw .revokedToken }
        if let proof = request.query("appsecret_proof") {
            guard proof == proofOf(token, time: request.query("appsecret_time"), directory) else { throw .wrongProof }
        } else if knobs.requiresSecretProof {
            throw .noProof
        }
        return Caller(token: token, directory: directory, knobs: knobs)
    }

    /// HMAC-SHA256 of the token, or of `token|time`, under the app's secret.
    private func proofOf(_ token: AccessToken, time: String?, _ directory: Directory) -> String {
        Signature.hmac(Array((token.value + (time.map { "|" + $0 } ?? "")).utf8), key: directory.apps[token.app]?.secret ?? "")
    }
}
