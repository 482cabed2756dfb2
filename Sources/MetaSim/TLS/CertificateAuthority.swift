import Crypto

/// A certificate authority of our own and server certificates under it, for `localhost`, `127.0.0.1` and `::1`.
///
/// Clients trust it by being given ``authority`` as their CA file; nothing is ever made to skip its checks. Made in the process (P-256,
/// valid until 2049), so that no `openssl` has to be installed.
public struct CertificateAuthority: Sendable {
    /// What is wrong with a server certificate.
    public enum Flaw: String, Sendable, CaseIterable {
        case none
        /// It ended on 31 December 2025.
        case expired
        /// It is for `elsewhere.example` and no address.
        case otherHost
        /// Another authority signed it, of the same name.
        case unknownAuthority
    }

    /// A server's certificate and its private key, PEM.
    public struct Issued: Sendable {
        public let certificate: String
        public let key: String
    }

    /// The CA's certificate, PEM: what clients trust.
    public let authority: String
    private let authorityKey = P256.Signing.PrivateKey()

    public init() {
        authority = Self.certificate(.authority, of: authorityKey.publicKey, by: authorityKey)
    }

    /// Makes a server certificate.
    public func issue(_ flaw: Flaw = .none) -> Issued {
        let key = P256.Signing.PrivateKey()
        let signer = flaw == .unknownAuthority ? P256.Signing.PrivateKey() : authorityKey
        return Issued(certificate: Self.certificate(.server(flaw), of: key.publicKey, by: signer), key: key.pemRepresentation + "\n")
    }

    /// What a certificate is for.
    private enum Purpose {
        case authority
        case server(Flaw)

        var subject: String {
            switch self {
            case .authority: "metasim test authority"
            case .server(.otherHost): "elsewhere.example"
            case .server: "localhost"
            }
        }

        var end: String {
            if case .server(.expired) = self { "251231235959Z" } else { "491231235959Z" }
        }

        /// The names and addresses that a server's certificate is for.
        var names: [UInt8]? {
            switch self {
            case .authority: nil
            case .server(.otherHost): DER.sequence(DER.element(0x82, Array("elsewhere.example".utf8)))
            case .server:
                DER.sequence(
                    DER.element(0x82, Array("localhost".utf8)),
                    DER.element(0x87, [127, 0, 0, 1]),
                    DER.element(0x87, [UInt8](repeating: 0, count: 15) + [1])
                )
            }
        }
    }

    private static func name(_ common: String) -> [UInt8] {
        DER.sequence(DER.set(DER.sequence(DER.object([0x55, 0x04, 0x03]), DER.text(common))))
    }

    private static func certificate(
        _ purpose: Purpose,
        of key: P256.Signing.PublicKey,
        by issuer: P256.Signing.PrivateKey
    ) -> String {
        let algorithm = DER.sequence(DER.object([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]))
        var serial = Array(SHA256.hash(data: key.rawRepresentation)).prefix(16)
        serial[0] = serial[0] & 0x7F | 0x40
        let contents = DER.sequence(
            DER.element(0xA0, DER.integer([2])),
            DER.integer(Array(serial)),
            algorithm,
            name(Purpose.authority.subject),
            DER.sequence(DER.time("250101000000Z"), DER.time(purpose.end)),
            name(purpose.subject),
            Array(key.derRepresentation),
            DER.element(0xA3, extensions(key, issuer.publicKey, names: purpose.names))
        )
        let signature: [UInt8]
        do {
            signature = Array(try issuer.signature(for: contents).derRepresentation)
        } catch {
            preconditionFailure("P-256 signs any data: \(error)")
        }
        return DER.pem("CERTIFICATE", DER.sequence(contents, algorithm, DER.bits(signature)))
    }

    private static func extensions(_ key: P256.Signing.PublicKey, _ issuer: P256.Signing.PublicKey, names: [UInt8]?) -> [UInt8] {
        func identifier(_ key: P256.Signing.PublicKey) -> [UInt8] { Array(Insecure.SHA1.hash(data: key.x963Representation)) }
        func extend(_ id: UInt8, critical: Bool, _ value: [UInt8]) -> [UInt8] {
            DER.sequence(DER.object([0x55, 0x1D, id]), critical ? DER.truth() : [], DER.octets(value))
        }
        let isAuthority = names == nil
        let constraints = extend(19, critical: true, isAuthority ? DER.sequence(DER.truth()) : DER.sequence([]))
        // keyCertSign and cRLSign, or digitalSignature.
        let usage = extend(15, critical: true, isAuthority ? DER.bits([0x06], unused: 1) : DER.bits([0x80], unused: 7))
        let subject = extend(14, critical: false, DER.octets(identifier(key)))
        let authority = extend(35, critical: false, DER.sequence(DER.element(0x80, identifier(issuer))))
        guard let names else { return DER.sequence(constraints, usage, subject, authority) }
        let serverAuthentication = DER.object([0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01])
        return DER.sequence(
            constraints,
            usage,
            subject,
            authority,
            extend(37, critical: false, DER.sequence(serverAuthentication)),
            extend(17, critical: false, names)
        )
    }
}
