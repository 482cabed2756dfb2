import WaproRPC
import WaproWire

extension RPCHello.Reply {
    /// What this daemon says of itself to a caller.
    init(to caller: Caller, version: String, store: String, settings: WireSettings, depth: Int) {
        // Without a role nobody gets this far.
        let role = caller.role ?? .viewer
        self.init(
            protocol: Catalogue.version,
            version: version,
            store: store,
            uid: Int64(caller.uid),
            role: Open(role),
            user: caller.session?.name,
            methods: Catalogue.wapro.methods.filter { $0.role <= role && caller.session?.covers($0.name) ?? true }.map { $0.name },
            features: ["batch", "cancel", "progress", "sessions", "timeout"],
            limits: WireLimits(
                lineBytes: Int64(settings.lineBytes),
                depth: depth,
                batch: Router.batchLimit,
                callsInFlight: settings.callsInFlight
            )
        )
    }
}
