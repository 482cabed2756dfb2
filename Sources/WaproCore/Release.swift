/// The release that all programs of this package are of.
public enum Release {
    public static let version = "0.1.0"
}
