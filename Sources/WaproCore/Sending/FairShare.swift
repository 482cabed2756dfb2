/// What one of several gets of something that they share evenly: who needs less leaves the rest to the others.
public enum FairShare {
    /// Messages a second for a campaign beside others of its number.
    ///
    /// - Parameter limits: of each other campaign; nil for one without a limit of its own.
    public static func rate(of whole: Double, among limits: [Double?]) -> Double {
        var (left, sharers) = (whole, Double(limits.count + 1))
        for limit in limits.compactMap(\.self).sorted() {
            guard limit < left / sharers else { break }
            left -= limit
            sharers -= 1
        }
        return left / sharers
    }

    /// People of a day for a campaign beside others of its portfolio, each of which takes what it needs at most.
    ///
    /// - Parameter needs: of each other campaign.
    public static func part(of whole: Int, among needs: [Int]) -> Int {
        Int(rate(of: Double(whole), among: needs.map(Double.init)).rounded(.down))
    }
}
