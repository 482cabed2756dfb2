extension MetaSim {
    /// Shows another certificate to whoever connects from now on; connections that stand are not touched.
    /// Returns false when there is no HTTPS, or when its certificate comes from files.
    @discardableResult
    public func present(_ flaw: CertificateAuthority.Flaw) throws -> Bool {
        try identity?.present(flaw) ?? false
    }

    /// Stops listening: who connects is refused, until ``comeBack()``. Exchanges on connections that stand go on, webhooks too.
    public func withdraw() async {
        _ = await closeListeners()
    }

    /// Listens again where it did before.
    public func comeBack() async throws {
        guard let endpoints else { return }
        if let port = endpoints.http.flatMap(Self.port) { _ = try await listen(port) }
        if let port = endpoints.https.flatMap(Self.port), let identity { _ = try await listen(port, identity) }
    }

    private static func port(_ url: String) -> Int? {
        url.split(separator: ":").last.flatMap { Int($0) }
    }
}
