/// Something to ask for: a target, and a body when the method is POST.
public struct HTTPRequest: Sendable {
    public var target: HTTPTarget
    public var lane: HTTPLane
    public var body: [UInt8]

    public init(_ target: HTTPTarget, lane: HTTPLane, body: [UInt8] = []) {
        self.target = target
        self.lane = lane
        self.body = body
    }
}

public enum HTTPMethod: Sendable, Hashable {
    case get, head, post
}
