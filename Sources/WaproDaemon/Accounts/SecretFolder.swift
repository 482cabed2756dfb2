import Glibc
import Synchronization
import WaproCore

/// Secrets that commands gave: files that only waprod may read, in a folder of the database's own, so that neither it nor a copy of it has them.
///
/// A file is written as a draft, whole and on disk, before the commit that it is for, and takes its name after it: what is under its name is
/// in use, and whether a draft is, the store says.
final class SecretFolder: Sendable {
    /// Bytes of one file.
    static let limit = 64 << 10
    private static let draftEnd = ".draft"

    /// Nil: they live as long as the process, like a store in memory.
    private let path: String?
    private let memory = Mutex<[String: [Secret]]>([:])

    /// - Parameter database: the store's file; nil for one in memory.
    init(besides database: String?) {
        path = database.map { "\($0).secrets" }
    }

    /// The lines of a file; nil when there is none.
    func read(_ name: String) throws(SecretFolderFailure) -> [Secret]? {
        guard let path else { return memory.withLock { $0[name] } }
        let file = "\(path)/\(name)"
        guard SmallFile.exists(file) else { return nil }
        let content: SmallFile.Content
        do {
            content = try SmallFile.read(file, limit: Self.limit)
        } catch {
            throw SecretFolderFailure(file, error.text)
        }
        guard !content.isReadableByEverybody else {
            throw SecretFolderFailure(file, "every user of this machine can read it; chmod 600 it, and consider the secret known")
        }
        guard let text = content.text else { throw SecretFolderFailure(file, "it is not text") }
        let lines = text.split(separator: "\n").map { Secret(String($0)) }
        return lines.isEmpty ? nil : lines
    }

    /// The lines of a draft; nil when there is none.
    func readDraft(_ name: String) throws(SecretFolderFailure) -> [Secret]? { try read(name + Self.draftEnd) }

    /// The files of which there is a draft.
    func drafts() throws(SecretFolderFailure) -> [String] {
        let names: [String]
        if let path {
            guard SmallFile.exists(path) else { return [] }
            guard let folder = opendir(path) else { throw SecretFolderFailure(path) }
            defer { closedir(folder) }
            var found: [String] = []
            while let entry = Glibc.readdir(folder) {
                found.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
            }
            names = found
        } else {
            names = memory.withLock { Array($0.keys) }
        }
        return names.filter { $0.hasSuffix(Self.draftEnd) }.map { String($0.dropLast(Self.draftEnd.count)) }
    }

    /// Keeps lines as the draft of a file: on disk when it returns.
    func draft(_ name: String, _ lines: [Secret]) throws(SecretFolderFailure) {
        guard let path else { return memory.withLock { $0[name + Self.draftEnd] = lines } }
        try make(path)
        let file = "\(path)/\(name)\(Self.draftEnd)"
        let text = lines.map { $0.revealed + "\n" }.joined()
        guard text.utf8.count <= Self.limit else { throw SecretFolderFailure(file, "it is longer than any secret") }
        // Never into what is there already: its mode or its link would be somebody else's choice.
        unlink(file)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SecretFolderFailure(file) }
        let isWritten = Self.write(Array(text.utf8), to: descriptor) && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten else {
            unlink(file)
            throw SecretFolderFailure(file, code: code)
        }
        do {
            try settle(path)
        } catch {
            unlink(file)
            throw error
        }
    }

    /// Puts a draft into use: it is on disk under its name when this returns.
    func take(_ name: String) throws(SecretFolderFailure) {
        guard let path else {
            return memory.withLock { memory in
                if let lines = memory.removeValue(forKey: name + Self.draftEnd) { memory[name] = lines }
            }
        }
        let file = "\(path)/\(name)"
        guard rename(file + Self.draftEnd, file) == 0 else { throw SecretFolderFailure(file) }
        try settle(path)
    }

    /// Forgets a draft, if there is one.
    func drop(_ name: String) throws(SecretFolderFailure) {
        guard let path else { return memory.withLock { $0[name + Self.draftEnd] = nil } }
        let file = "\(path)/\(name)\(Self.draftEnd)"
        guard unlink(file) == 0 || errno == ENOENT else { throw SecretFolderFailure(file) }
    }

    /// Forgets a file, if there is one.
    func remove(_ name: String) {
        guard let path else { return memory.withLock { $0[name] = nil } }
        unlink("\(path)/\(name)")
    }

    /// Makes the folder, if there is none, and is sure that it stays.
    private func make(_ path: String) throws(SecretFolderFailure) {
        if mkdir(path, 0o700) == 0 {
            let parent = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
            try settle(parent.isEmpty ? "/" : String(parent))
        } else if errno != EEXIST {
            throw SecretFolderFailure(path)
        }
        guard chmod(path, 0o700) == 0 else { throw SecretFolderFailure(path) }
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
