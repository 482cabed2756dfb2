import Synchronization
import WaproCore

@testable import WaproSending

/// What happened, line by line, when somebody wants to read it.
struct Trace {
    let isOn: Bool
    private(set) var lines: [String] = []

    init(isOn: Bool) { self.isOn = isOn }

    mutating func note(_ line: @autoclosure () -> String) {
        if isOn { lines.append(line()) }
    }
}

/// How often each kind of thing happened: a simulation in which nothing goes wrong proves nothing.
struct Tally {
    private(set) var counts: [String: Int] = [:]

    mutating func count(_ what: String, by count: Int = 1) { counts[what, default: 0] += count }

    mutating func add(_ other: Tally) { counts.merge(other.counts, uniquingKeysWith: +) }
}

/// An invariant that does not hold.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ invariant: String, _ what: String) { description = "\(invariant): \(what)" }
}

/// A switch that the daemon's closures look at.
final class Flag: Sendable {
    private let value: Mutex<Bool>

    init(_ value: Bool) { self.value = Mutex(value) }

    var isSet: Bool {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}

/// What the sender has said and the machine was not told yet.
final class Answers: Sendable {
    private let inputs = Mutex<[SendingInput]>([])

    func put(_ input: SendingInput) { inputs.withLock { $0.append(input) } }

    func take() -> [SendingInput] {
        inputs.withLock { inputs in
            defer { inputs = [] }
            return inputs
        }
    }
}
