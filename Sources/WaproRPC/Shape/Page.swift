/// One page of a list, and where the next one begins.
public struct Page<Item: Wire>: Wire {
    public let items: [Item]
    /// To be given as `after`; nil on the last page.
    public let next: String?

    public init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }

    public static var shape: Shape<Self> {
        Shape(
            Self.init,
            Field("items", \.items, "The items of this page."),
            Field("next", \.next, "Give it as after to get the next page; absent on the last one.")
        )
    }
}
