import CSystemd
import Glibc

/// The memory of this process has access tokens and people's numbers.
public enum PrivateMemory {
    /// From here on no core is dumped, whoever started us, and no other process of our user may trace us or read `/proc/PID/mem`. The
    /// unit's `LimitCORE=0` is for systemd alone. What fails changes nothing: then the memory is as private as before.
    public static func begin() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = wapro_forbid_dumps()
    }

    static var mayBeDumped: Bool { wapro_may_be_dumped() != 0 }
}
