/// Describe every method, as an OpenRPC document.
public struct RPCDiscover: Method {
    public init() {}

    public static let shape = Shape<Self>({ Self() })

    public static let name = "rpc.discover"
    public static let role = Role.viewer
    public static let effect = Effect.reads
    public static let doc = Doc("Describe every method, as an OpenRPC document.")
    public static let example = RPCDiscover()

    public typealias Reply = JSONValue
}
