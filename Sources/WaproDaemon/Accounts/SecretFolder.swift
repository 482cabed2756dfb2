import Glibc
import Synchronization
import WaproCore

/// Secrets that commands gave: files that only waprod may read, in a folder beside the database, so that neither it nor a copy of it has them.
///
/// A file is written whole before the commit that mentions it: a crash between them leaves a secret that nothing mentions, which does no harm
/// and is written over by the next try.
final class SecretFolder: Sendable {
    /// Nil: they live as long as the process, like a store in memory.
    private let path: String?
    private let memory = Mutex<[String: [Secret]]>([:])

    /// - Parameter database: the store's file; nil for one in memory.
    init(besides database: String?) {
        path = database.map { database in
            let folder = database.lastIndex(of: "/").map { database[..<$0] } ?? "."
            return "\(folder.isEmpty ? "/" : folder)/secrets"
        }
    }

    /// The lines of a file; nil when there is none.
    func read(_ name: String) throws(SecretFolderFailure) -> [Secret]? {
        guard let path else { return memory.withLock { $0[name] } }
        let file = "\(path)/\(name)"
        guard SmallFile.exists(file) else { return nil }
        do {
            guard let text = try SmallFile.read(file, limit: 64 << 10).text else { throw SecretFolderFailure(file, "it is not text") }
            let lines = text.split(separator: "\n").map { Secret(String($0)) }
            return lines.isEmpty ? nil : lines
        } catch let complaint as Complaint {
            throw SecretFolderFailure(file, complaint.text)
        } catch {
            throw SecretFolderFailure(file, "it is not text")
        }
    }

    /// Keeps lines under a name: on disk when it returns.
    func write(_ name: String, _ lines: [Secret]) throws(SecretFolderFailure) {
        guard let path else { return memory.withLock { $0[name] = lines } }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SecretFolderFailure(path) }
        guard chmod(path, 0o700) == 0 else { throw SecretFolderFailure(path) }
        let (file, draft) = ("\(path)/\(name)", "\(path)/.\(name).new")
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SecretFolderFailure(draft) }
        let text = lines.map { $0.revealed + "\n" }.joined()
        let isWritten = Self.write(Array(text.utf8), to: descriptor) && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten, rename(draft, file) == 0 else {
            let failure = SecretFolderFailure(file, code: isWritten ? errno : code)
            unlink(draft)
            throw failure
        }
        try settle(path)
    }

    /// Forgets a file, if there is one.
    func remove(_ name: String) {
        guard let path else { return memory.withLock { $0[name] = nil } }
        unlink("\(path)/\(name)")
    }

    private func settle(_ folder: String) throws(SecretFolderFailure) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SecretFolderFailure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SecretFolderFailure(folder) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// Why a secret could not be kept or read. Never says it.
struct SecretFolderFailure: Error, CustomStringConvertible {
    let path: String
    let why: String
    /// The disk has no room.
    var isFull = false

    init(_ path: String, _ why: String) {
        (self.path, self.why) = (path, why)
    }

    init(_ path: String, code: Int32 = errno) {
        (self.path, why, isFull) = (path, String(cString: strerror(code)), code == ENOSPC || code == EDQUOT)
    }

    var description: String { "the secret cannot be kept in \(path): \(why)" }
}
