import ArgumentParser

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Who a demo writes to: the rows of a CSV, and as many made-up people as are missing.
struct DemoAudience {
    let csv: String
    /// Rows without the header, bad ones included.
    let rows: Int

    /// The sample that comes with wapro, in a checkout and where a package puts it.
    private static let samples = ["etc/waprod/demo-contacts.csv", "/usr/share/doc/waprod/examples/demo-contacts.csv"]
    private static let header = "phone,name,first_name,city,order"

    init(csv path: String?, count: Int) throws {
        var lines: [String] = []
        if let path {
            guard let text = Self.read(path) else { throw ValidationError("\(path) cannot be read: \(String(cString: strerror(errno))).") }
            lines = Self.lines(text)
        } else if let text = Self.samples.lazy.compactMap({ Self.read($0) }).first {
            lines = Self.lines(text)
        }
        let head = lines.first ?? Self.header
        lines = Array(lines.dropFirst().prefix(count))
        if path == nil || head == Self.header {
            for index in lines.count..<max(count, lines.count) { lines.append(Self.person(index)) }
        }
        rows = lines.count
        csv = ([head] + lines).joined(separator: "\n") + "\n"
    }

    private static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// German mobile numbers, one a person, none of which is one of the simulator's magic ones.
    private static func person(_ index: Int) -> String {
        let names = ["Amara", "João", "Lucía", "Priya", "Kwame", "Mei", "Yusuf", "Ingrid", "Mateo", "Aiko", "Zofia", "Omar"]
        let cities = ["Leeds", "Porto", "Madrid", "Pune", "Accra", "Taipei", "Izmir", "Oslo", "Lima", "Osaka", "Gdańsk", "Cairo"]
        let first = names[index % names.count]
        return "+49 151 1\(1_000_000 + index),\(first) \(index),\(first),\(cities[index / 7 % cities.count]),\(70_000 + index)"
    }

    private static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
            bytes += piece[..<count]
        }
    }
}
