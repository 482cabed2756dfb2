/// What libFuzzer hands over, copied, so that reading past its end is seen.
func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

/// Ends the process with words when a property does not hold: libFuzzer then keeps the input. `precondition` says nothing in optimised code.
func hold(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { fatalError(words()) }
}

extension [UInt8] {
    /// Cut into pieces of one size, and as a whole when that is 0.
    func pieces(of size: Int) -> [ArraySlice<UInt8>] {
        guard size > 0 else { return [self[...]] }
        return stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }

    /// The byte that steers a target, taken from the end: so a corpus stays what it is, readable payloads.
    mutating func takeLast() -> Int { Int(popLast() ?? 0) }
}
