import Glibc
import Synchronization

/// An exclusive `flock` on a file beside the database (never on the database itself: closing another descriptor of it would drop
/// SQLite's own locks), held for the life of the process.
final class StoreLock: Sendable {
    private let descriptor: Mutex<Int32?>

    init(besides path: String) throws(StoreFailure) {
        let lockPath = path + ".lock"
        let opened = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw .unopenable(path: path, why: "its lock file \(lockPath): \(String(cString: strerror(errno)))") }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            Glibc.close(opened)
            if reason == EWOULDBLOCK { throw .inUse(path: path) }
            throw .unopenable(path: path, why: "its lock file \(lockPath): \(String(cString: strerror(reason)))")
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    func release() {
        guard let held = descriptor.withLock({ $0.take() }) else { return }
        // A child that is being started has a copy of the descriptor until it runs, which would keep the lock.
        flock(held, LOCK_UN)
        Glibc.close(held)
    }
}
