import FoundationEssentials
import Testing

@testable import WaproDaemon

/// `man/waprod.yaml.5` and the table of settings must say the same, in both directions.
struct ManPageTests {
    private static let root = String(#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/"))

    /// The items of the page: `.It Ic KEY` and the text below it on one line.
    private let items: [String: String]

    init() throws {
        let page = String(decoding: try Data(contentsOf: URL(filePath: Self.root + "/man/waprod.yaml.5")), as: UTF8.self)
        var items: [String: String] = [:]
        var key: String?
        for line in page.split(separator: "\n") {
            if line.hasPrefix(".It Ic ") {
                key = String(line.dropFirst(7))
                items[key ?? ""] = ""
            } else if line.hasPrefix(".El") {
                key = nil
            } else if let key {
                items[key, default: ""] += " " + line
            }
        }
        self.items = items
    }

    @Test func `every setting is in the page with its default and its limits`() throws {
        for setting in Setting.all {
            let text = try #require(items[setting.key], "\(setting.key) is not in waprod.yaml(5)")
            let expected = setting.expected.prefix(1).uppercased() + setting.expected.dropFirst() + "."
            #expect(text.contains(" \(expected) "), "\(setting.key): \(text)")
            #expect(text.hasSuffix(" Default: \(setting.render(Configuration()))."), "\(setting.key): \(text)")
        }
    }

    @Test func `every key of the page exists`() {
        let entries = EntryKeys.lists.flatMap { list, keys in keys.map { "\(list)[].\($0)" } }
        #expect(Set(items.keys) == Set(Setting.all.map(\.key) + entries))
    }

    @Test func `the sample is accepted as it is, and with its examples taken in`() throws {
        let path = Self.root + "/etc/waprod/waprod.yaml"
        let sample = try Configuration.load(path: path, environment: [:])
        #expect(sample.store == Configuration.Store())
        #expect(sample.accounts.isEmpty)

        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // A "#" directly before a key or an entry comments out an example; before a space it is prose.
            guard let mark = line.firstIndex(of: "#"), line[..<mark].allSatisfy({ $0 == " " }) else { return String(line) }
            let rest = line[line.index(after: mark)...]
            let isExample = rest.first?.isLowercase == true || rest.hasPrefix("  - ") || rest.hasPrefix("    ")
            return isExample ? String(line[..<mark] + rest) : String(line)
        }
        let fixture = try ConfigurationFixture()
        let whole = try fixture.load(lines.joined(separator: "\n"), secrets: .whereReachable)
        #expect(whole.numbers.map(\.name) == ["main"])
        #expect(whole.unchecked.count == 3)
        #expect(whole.cloud.proxy == "http://proxy.example:3128")
    }
}
