import ArgumentParser

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where a demo keeps its store, socket and CSV.
struct DemoFolder {
    let path: String
    private let isTemporary: Bool

    /// Makes a folder that only its owner may read.
    init(at chosen: String?) throws {
        if let chosen {
            guard mkdir(chosen, 0o700) == 0 || errno == EEXIST else {
                throw ValidationError("The folder \(chosen) cannot be made: \(String(cString: strerror(errno))).")
            }
            (path, isTemporary) = (chosen, false)
        } else {
            let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
            var template = Array("\(base)/wapro-demo-\(String(repeating: "X", count: 6))".utf8CString)
            guard mkdtemp(&template) != nil else {
                throw ValidationError("No folder can be made in \(base): \(String(cString: strerror(errno))).")
            }
            path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            isTemporary = true
        }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ text: String, as name: String) throws {
        let descriptor = open(file(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ValidationError("\(file(name)) cannot be written: \(String(cString: strerror(errno))).") }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw ValidationError("\(file(name)) cannot be written: \(String(cString: strerror(errno))).") }
            bytes = bytes.dropFirst(count)
        }
    }

    func removeIfTemporary() {
        guard isTemporary, let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { unlink(file(name)) }
        }
        closedir(folder)
        rmdir(path)
    }
}
