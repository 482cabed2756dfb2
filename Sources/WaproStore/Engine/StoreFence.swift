import Glibc
import WaproCore

/// A small file beside the database, never part of a backup, that says which store stands there, on which machine, and how far it had come.
///
/// A store that is older than its fence went back in time; one without a fence, or with that of another machine, was copied. Either would
/// send again what was sent already, so it is held until a person looked at it. The file is written after each commit and never waited for:
/// after a power cut it may be behind the store, which says nothing, but not ahead of it.
final class StoreFence: @unchecked Sendable {  // used on the writer's thread, and before that one exists
    private let descriptor: Int32
    private let path: String
    private let machine: String
    private let found: Contents?

    /// Three lines of fixed length, so that the last can be written over.
    struct Contents: Equatable {
        var store: String
        var machine: String
        var commits: Int64

        private static let title = "wapro store fence 1"

        var text: String {
            let digits = String(commits)
            return "\(Self.title)\n\(store)\n\(machine)\n\(String(repeating: "0", count: max(0, 19 - digits.count)) + digits)\n"
        }

        init(store: String, machine: String, commits: Int64) {
            (self.store, self.machine, self.commits) = (store, machine, commits)
        }

        init?(_ text: String) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            guard lines.count >= 4, lines[0] == Self.title, let commits = Int64(lines[3]) else { return nil }
            self.init(store: String(lines[1]), machine: String(lines[2]), commits: commits)
        }
    }

    /// Opens or makes the file; nil for a store in memory.
    static func besides(_ location: StoreLocation, machine: String?) throws(StoreFailure) -> StoreFence? {
        guard case .file(let path) = location else { return nil }
        return try StoreFence(path: path, machine: machine ?? Self.thisMachine())
    }

    private init(path: String, machine: String) throws(StoreFailure) {
        self.path = path
        self.machine = machine.filter { !$0.isNewline }
        descriptor = open(path + ".fence", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .unopenable(path: path, why: "its fence file \(path).fence: \(String(cString: strerror(errno)))")
        }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        found = count > 0 ? Contents(String(decoding: bytes.prefix(count), as: UTF8.self)) : nil
    }

    deinit { close(descriptor) }

    /// Why the store must not send by itself; nil when it is the one that was here last.
    ///
    /// - Parameter isNew: no daemon ever had this store.
    func breach(store: String, commits: Int64, isNew: Bool) -> Reason? {
        guard let found else { return isNew ? nil : .storeFenceMissing }
        if found.store != store { return isNew ? nil : .storeFenceMissing }
        if found.machine != machine { return .storeFromElsewhere }
        return found.commits > commits ? .storeWentBack : nil
    }

    /// From now on it says where this store is.
    func adopt(store: String, commits: Int64) throws(StoreFailure) {
        let text = Contents(store: store, machine: machine, commits: commits).text
        // Written over in place, so that a full disk does not lose what stands there.
        guard write(text, at: 0), ftruncate(descriptor, off_t(text.utf8.count)) == 0, fsync(descriptor) == 0 else {
            throw .unopenable(path: path, why: "its fence file cannot be written: \(String(cString: strerror(errno)))")
        }
        offset = text.utf8.count - 20
    }

    private var offset = 0

    /// Should the write fail (a full disk), the fence stays behind the store, which says nothing.
    func note(commits: Int64) {
        let digits = String(commits)
        _ = write(String(repeating: "0", count: max(0, 19 - digits.count)) + digits, at: offset)
    }

    private func write(_ text: String, at offset: Int) -> Bool {
        var text = text
        return text.withUTF8 { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) == $0.count }
    }

    /// What systemd gives every installation; `-` where there is none (a container): then machines cannot be told apart.
    private static func thisMachine() -> String {
        let descriptor = open("/etc/machine-id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "-" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        let word = bytes.prefix(max(0, count)).prefix { $0 > 32 && $0 < 127 }
        return word.isEmpty ? "-" : String(decoding: word, as: UTF8.self)
    }
}
