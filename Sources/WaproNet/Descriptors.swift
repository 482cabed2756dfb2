#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file descriptors that this process may have.
enum Descriptors {
    /// What is kept for the process itself.
    private static let reserve: rlim_t = 8

    /// Whether no more than the reserve is left, or cannot be told. The kernel hands out the lowest that is free, so one more shows how far it is.
    static var areScarce: Bool {
        let next = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)
        guard next >= 0 else { return errno == EMFILE || errno == ENFILE }
        close(next)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return false }
        return rlim_t(next) + reserve >= limit.rlim_cur
    }
}
