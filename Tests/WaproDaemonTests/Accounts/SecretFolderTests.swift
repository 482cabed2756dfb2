import FoundationEssentials
import Testing
import WaproCore

@testable import WaproDaemon

@Suite struct SecretFolderTests {
    private func withFolder(_ body: (_ place: String) throws -> Void) throws {
        let place = FileManager.default.temporaryDirectory.path + "/wapro-secrets-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        try body(place)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a secret is kept for its owner alone, replaced whole, and forgotten`() throws {
        try withFolder { place in
            let folder = SecretFolder(besides: place + "/waprod.db")
            #expect(try folder.read("a.token") == nil)
            try folder.write("a.token", [Secret("one"), Secret("two")])
            try folder.write("a.token", [Secret("three")])
            #expect(try folder.read("a.token") == [Secret("three")])
            #expect(try mode(place + "/secrets") == 0o700)
            #expect(try mode(place + "/secrets/a.token") == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/secrets") == ["a.token"])
            folder.remove("a.token")
            #expect(try folder.read("a.token") == nil)
        }
    }

    @Test func `what a crash left half written is written over, and nobody's link is followed`() throws {
        try withFolder { place in
            let folder = SecretFolder(besides: place + "/waprod.db")
            try folder.write("a.token", [Secret("old")])
            try FileManager.default.createSymbolicLink(atPath: place + "/secrets/.a.token.new", withDestinationPath: place + "/victim")
            try folder.write("a.token", [Secret("new")])
            #expect(try folder.read("a.token") == [Secret("new")])
            #expect(!FileManager.default.fileExists(atPath: place + "/victim"))
        }
    }

    @Test func `a secret that cannot be kept is said without it, and the one before stays`() throws {
        try withFolder { place in
            let folder = SecretFolder(besides: place + "/none/waprod.db")
            let failure = #expect(throws: SecretFolderFailure.self) { try folder.write("a.token", [Secret("canary")]) }
            #expect(failure?.description.contains("canary") == false && failure?.description.contains(place) == true)
        }
    }

    @Test func `beside a store in memory secrets live in memory`() throws {
        let folder = SecretFolder(besides: nil)
        try folder.write("a.token", [Secret("one")])
        #expect(try folder.read("a.token") == [Secret("one")])
        folder.remove("a.token")
        #expect(try folder.read("a.token") == nil)
    }
}
