import FoundationEssentials
import NIOSSL

/// The certificate that the HTTPS side shows.
enum ServerIdentity {
    /// The server's TLS settings, and the PEM text of the authority that clients trust.
    static func load(_ identity: Configuration.TLSIdentity?) throws -> (TLSConfiguration, String) {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
        let authority: String
        if let identity {
            chain = try NIOSSLCertificate.fromPEMFile(identity.certificatePath)
            key = try NIOSSLPrivateKey(file: identity.keyPath, format: .pem)
            authority = try String(contentsOfFile: identity.authorityPath, encoding: .utf8)
        } else {
            let made = CertificateAuthority()
            chain = try NIOSSLCertificate.fromPEMBytes(Array(made.certificate.utf8))
            key = try NIOSSLPrivateKey(bytes: Array(made.key.utf8), format: .pem)
            authority = made.authority
        }
        var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.applicationProtocols = ["h2", "http/1.1"]
        return (tls, authority)
    }
}
