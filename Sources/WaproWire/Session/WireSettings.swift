/// The limits of the control socket.
public struct WireSettings: Sendable {
    /// Bytes of a line from a client at most.
    public var lineBytes = 1 << 20
    /// Calls of one connection that are being answered at the same time; beyond, it is not read.
    public var callsInFlight = 64
    /// Bytes of answers that a connection has not taken; beyond, it is not read.
    public var outputBytes = 256 << 10
    /// Connections at most, the reserve not counted.
    public var connections = 512
    /// Connections of one uid at most; an administrator's are not counted.
    public var connectionsPerUser = 64
    /// Connections beyond that, which only administrators may have: so one of them always gets in.
    public var connectionsReserved = 4
    /// A line that was begun must be complete after this.
    public var partialLine = Duration.seconds(30)
    /// How long answers may take to be delivered after a shutdown began.
    public var drain = Duration.seconds(5)

    public init() {}
}
