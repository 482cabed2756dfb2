/// How a simulator starts. Every field has a value that works.
public struct Configuration: Sendable {
    /// What exists at Meta.
    public var world = World.standard
    /// How it behaves; ``MetaSim/adjust(_:)`` turns the knobs later.
    public var knobs = Knobs()
    /// Every random choice follows from it.
    public var seed: UInt64 = 1
    /// The address to listen at. Loopback: the simulator checks nobody who talks to `/_sim`.
    public var host = "127.0.0.1"
    /// The port for plain HTTP; 0: any free one; nil: none.
    public var httpPort: Int? = 0
    /// The port for HTTPS; 0: any free one; nil: none.
    public var httpsPort: Int?
    /// The certificate for HTTPS; nil: one is made.
    public var identity: TLSIdentity?
    /// What is wrong with the certificate that is made; ``MetaSim/present(_:)`` changes it later.
    public var certificateFlaw = CertificateAuthority.Flaw.none
    /// Event-loop threads.
    public var threads = 2
    /// Now, in Unix milliseconds. It drives limits, windows and timestamps; delays run in real time.
    public var now: @Sendable () -> Int64 = Configuration.systemClock

    public init() {}

    /// The PEM files of a server certificate, its key, and the authority that clients trust.
    public struct TLSIdentity: Sendable {
        public var certificatePath: String
        public var keyPath: String
        public var authorityPath: String

        public init(certificatePath: String, keyPath: String, authorityPath: String) {
            self.certificatePath = certificatePath
            self.keyPath = keyPath
            self.authorityPath = authorityPath
        }
    }
}

/// Where a running simulator answers.
public struct Endpoints: Sendable, Equatable {
    /// `http://127.0.0.1:PORT`, without a slash at the end; HTTP/1.1.
    public let http: String?
    /// `https://127.0.0.1:PORT`; HTTP/1.1 and HTTP/2.
    public let https: String?
    /// The PEM text of the certificate authority that a client of `https` must trust; nil without HTTPS.
    public let authority: String?
}
