/// Everything an administrator may choose, read once at start.
///
/// The file is `/etc/waprod/waprod.yaml` (`waprod.yaml(5)`). A scalar setting may be overridden by an environment variable named
/// after it: `store.path` by `WAPROD_STORE_PATH`. The lists may not. The values here are checked already: ranges hold, names
/// that refer to each other exist, secrets are resolved.
///
/// `Configuration()` holds the defaults, so a program (the demo, a test) may build one without a file.
public struct Configuration: Sendable {
    /// Where the file is when nobody says otherwise.
    public static let defaultPath = "/etc/waprod/waprod.yaml"

    public var store = Store()
    public var control = Control()
    public var webhook = Webhook()
    public var cloud = Cloud()
    public var sending = Sending()
    public var doubt = Doubt()
    public var retention = Retention()
    public var log = Log()

    /// Meta business portfolios: messaging limits and opt-outs hold for one as a whole. Names are unique.
    public var portfolios: [Portfolio] = []
    /// Meta apps: each signs its own webhooks and has its own callback path. Names are unique.
    public var apps: [App] = []
    /// WhatsApp Business Accounts. Names and ids are unique; `portfolio` and `app` name entries of those lists.
    public var accounts: [Account] = []
    /// Business phone numbers. Names and ids are unique; `account` names an entry of that list.
    public var numbers: [Number] = []

    /// Who may use the control socket, beside root and the daemon's own user. Somebody in several entries has the highest role of them.
    public var callers: [CallerRule] = []

    /// What could not be looked at, in words: see `SecretCheck.whereReachable`. Empty for a daemon that starts.
    public internal(set) var unchecked: [String] = []

    public init() {}
}
