import FoundationEssentials
import NIOSSL
import Synchronization

/// The certificate that the HTTPS side shows; another one may take its place for the connections that are opened from then on.
final class ServerIdentity: Sendable {
    /// The PEM text of the authority that clients trust.
    let authority: String
    /// Nil when the certificate comes from files.
    private let made: CertificateAuthority?
    private let current: Mutex<NIOSSLContext>

    init(_ identity: Configuration.TLSIdentity?, flaw: CertificateAuthority.Flaw) throws {
        if let identity {
            made = nil
            authority = try String(contentsOfFile: identity.authorityPath, encoding: .utf8)
            current = Mutex(
                try Self.context(
                    NIOSSLCertificate.fromPEMFile(identity.certificatePath),
                    NIOSSLPrivateKey(file: identity.keyPath, format: .pem)
                )
            )
        } else {
            let made = CertificateAuthority()
            self.made = made
            authority = made.authority
            current = Mutex(try Self.context(made.issue(flaw)))
        }
    }

    /// The context for a new connection.
    var context: NIOSSLContext { current.withLock { $0 } }

    /// Shows another certificate under the same authority. False when the certificate comes from files.
    func present(_ flaw: CertificateAuthority.Flaw) throws -> Bool {
        guard let made else { return false }
        let context = try Self.context(made.issue(flaw))
        current.withLock { $0 = context }
        return true
    }

    private static func context(_ issued: CertificateAuthority.Issued) throws -> NIOSSLContext {
        try context(
            NIOSSLCertificate.fromPEMBytes(Array(issued.certificate.utf8)),
            NIOSSLPrivateKey(bytes: Array(issued.key.utf8), format: .pem)
        )
    }

    private static func context(_ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey) throws -> NIOSSLContext {
        var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.applicationProtocols = ["h2", "http/1.1"]
        return try NIOSSLContext(configuration: tls)
    }
}
