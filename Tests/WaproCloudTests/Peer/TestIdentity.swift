import Foundation

/// A self-signed certificate, made anew for each test run by Debian's openssl.
struct TestIdentity: Sendable {
    let certificate: String
    let key: String

    /// For `localhost`.
    static let localhost = TestIdentity(name: "localhost")
    /// For a host that no test asks for.
    static let elsewhere = TestIdentity(name: "elsewhere.example")

    private init(name: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wapro-tls-\(UUID().uuidString)")
        certificate = folder.appending(path: "certificate.pem").path
        key = folder.appending(path: "key.pem").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let openssl = Process()
            openssl.executableURL = URL(filePath: "/usr/bin/openssl")
            openssl.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
                "-addext", "subjectAltName=DNS:\(name)", "-keyout", key, "-out", certificate,
            ]
            openssl.standardError = FileHandle.nullDevice
            try openssl.run()
            openssl.waitUntilExit()
            precondition(openssl.terminationStatus == 0, "openssl could not make a certificate")
        } catch {
            preconditionFailure("no certificate for the test: \(error)")
        }
    }
}
