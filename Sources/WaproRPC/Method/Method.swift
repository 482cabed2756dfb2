/// One method of the protocol. The struct is its own parameters; all that the daemon, the client, the command line and the documents
/// know about it is said here, once.
public protocol Method: Wire {
    associatedtype Reply: WireValue
    /// `noun.verb`, lower case: also `waproctl noun verb`, the audit log's and the metrics' label.
    static var name: String { get }
    /// The least role that may call it; checked before the parameters are read.
    static var role: Role { get }
    static var effect: Effect { get }
    /// The faults it may answer besides those that every method may (`Fault.Kind.isGeneral`).
    static var faults: [Fault.Kind] { get }
    static var doc: Doc { get }
    /// A call that makes sense, for documents and tests.
    static var example: Self { get }
    /// Refuses what is wrong whatever the store knows and whatever time it is. Called for a call and for `rpc.check` alike, so a rule
    /// that stands here holds for both; handlers are called only with what it let pass.
    func validate() throws(Fault)
}

/// A method that changes something: it can be repeated safely with the same key.
public protocol ChangingMethod: Method {
    /// Chosen by the caller, 1 to 64 characters, scoped to caller and method: a repeated call has one effect and the same answer.
    var idempotencyKey: String? { get set }
}

extension Method {
    public static var faults: [Fault.Kind] { [] }

    public func validate() throws(Fault) {}

    /// The part of the name before the dot: `campaign`.
    public static var noun: String { String(name.prefix { $0 != "." }) }
    /// The part after it: `start`.
    public static var verb: String { String(name.drop { $0 != "." }.dropFirst()) }
}

/// A method that lists page by page.
public protocol PagedMethod: Method {
    /// By what a place in the list is known.
    associatedtype Place: LosslessStringConvertible
    /// The `next` of the page before; nil for the first page.
    var after: String? { get }
}

extension PagedMethod {
    /// The place after which the page begins; nil for the first page.
    public func place() throws(Fault) -> Place? {
        guard let after else { return nil }
        guard let place = Place(after) else {
            throw Fault(.invalidParameters, "after must be the next of an earlier page.", field: "after")
        }
        return place
    }

    public func validate() throws(Fault) { _ = try place() }
}

/// Something the daemon tells a connection without being asked each time.
public protocol Notification: Wire {
    static var name: String { get }
    static var doc: Doc { get }
}

/// What people read about a method.
public struct Doc: Sendable {
    /// One sentence.
    public let summary: String
    /// Further sentences; empty when the summary says it all.
    public let details: String
    /// The first version of the protocol that has it.
    public let since: String

    public init(_ summary: String, details: String = "", since: String = "1.0") {
        self.summary = summary
        self.details = details
        self.since = since
    }
}
