/// Things that are due later, in slots of five milliseconds: adding and collecting cost the same for one and for a million.
struct Wheel<Element> {
    static var slotMilliseconds: Int64 { 5 }

    private var slots: [Int64: [Element]] = [:]
    private var next: Int64
    private(set) var count = 0

    init(now: Int64) {
        next = now / Self.slotMilliseconds
    }

    mutating func add(_ element: Element, due: Int64) {
        slots[max(next, due / Self.slotMilliseconds), default: []].append(element)
        count += 1
    }

    /// Everything due by `now`, in order of time.
    mutating func collect(now: Int64) -> [Element] {
        let last = now / Self.slotMilliseconds
        guard last >= next else { return [] }
        defer { next = last + 1 }
        guard count > 0 else { return [] }
        var due: [Element] = []
        // After a long sleep, look at the slots there are rather than at each that could be.
        let indices = last - next < Int64(slots.count) ? Array(next...last) : slots.keys.filter { $0 <= last }.sorted()
        for index in indices {
            if let slot = slots.removeValue(forKey: index) { due.append(contentsOf: slot) }
        }
        count -= due.count
        return due
    }
}
