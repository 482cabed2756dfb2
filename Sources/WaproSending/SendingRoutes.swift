public import WaproCloud
public import WaproCore
import Synchronization

/// Through what a number sends.
public struct SendingRoute: Sendable {
    /// Meta's id of the number.
    public let phoneNumberID: String
    /// Nil when there is no access token: nothing can be sent.
    public let credentials: GraphCredentials?
    /// Which of the account's credentials these are, as the store counts them: Meta's refusal of older ones says nothing of newer ones.
    public let generation: Int64

    public init(phoneNumberID: String, credentials: GraphCredentials?, generation: Int64 = 0) {
        (self.phoneNumberID, self.credentials, self.generation) = (phoneNumberID, credentials, generation)
    }
}

/// The routes of all numbers. They change while messages are sent: what is handed over after a change goes by the new ones.
public final class SendingRoutes: Sendable {
    private let routes: Mutex<[NumberID: SendingRoute]>

    public init(_ routes: [NumberID: SendingRoute] = [:]) {
        self.routes = Mutex(routes)
    }

    public subscript(_ number: NumberID) -> SendingRoute? { routes.withLock { $0[number] } }

    public var count: Int { routes.withLock(\.count) }

    /// Puts these in the place of the ones that were there.
    public func take(_ new: [NumberID: SendingRoute]) {
        routes.withLock { $0.merge(new) { $1 } }
    }
}
