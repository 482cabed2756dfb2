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
            #expect(try folder.read("a.token") == nil && folder.drafts() == [])
            try folder.write("a.token", [Secret("one"), Secret("two")])
            try folder.write("a.token", [Secret("three")])
            #expect(try folder.read("a.token") == [Secret("three")])
            #expect(try mode(place + "/waprod.db.secrets") == 0o700)
            #expect(try mode(place + "/waprod.db.secrets/a.token") == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/waprod.db.secrets") == ["a.token"])
            folder.remove("a.token")
            #expect(try folder.read("a.token") == nil)
        }
    }

    @Test(arguments: [true, false])
    func `a draft is nobody's secret until it is taken, on disk and in memory`(isOnDisk: Bool) throws {
        try withFolder { place in
            let folder = SecretFolder(besides: isOnDisk ? place + "/waprod.db" : nil)
            try folder.write("a.token", [Secret("old")])
            try folder.draft("a.token", [Secret("new")])
            #expect(try folder.read("a.token") == [Secret("old")] && folder.readDraft("a.token") == [Secret("new")])
            #expect(try folder.drafts() == ["a.token"])
            try folder.drop("a.token")
            #expect(try folder.drafts().isEmpty && folder.read("a.token") == [Secret("old")])
            try folder.draft("a.token", [Secret("new")])
            try folder.take("a.token")
            #expect(try folder.drafts().isEmpty && folder.read("a.token") == [Secret("new")])
        }
    }

    @Test func `what a crash left half written is written over, and nobody's link is followed`() throws {
        try withFolder { place in
            let folder = SecretFolder(besides: place + "/waprod.db")
            try folder.write("a.token", [Secret("old")])
            let draft = place + "/waprod.db.secrets/a.token.draft"
            try FileManager.default.createSymbolicLink(atPath: draft, withDestinationPath: place + "/victim")
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
            let other = SecretFolder(besides: place + "/waprod.db")
            try other.write("a.token", [Secret("old")])
            let long = Secret(String(repeating: "x", count: SecretFolder.limit))
            #expect(throws: SecretFolderFailure.self, "it could not be read again") { try other.write("a.token", [long]) }
            #expect(try other.read("a.token") == [Secret("old")])
        }
    }

    @Test func `a file that everybody can read is no secret, as of waprod's own settings`() throws {
        try withFolder { place in
            let folder = SecretFolder(besides: place + "/waprod.db")
            try folder.write("a.token", [Secret("canary")])
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place + "/waprod.db.secrets/a.token")
            let failure = #expect(throws: SecretFolderFailure.self) { try folder.read("a.token") }
            #expect(failure?.description.contains("chmod") == true && failure?.description.contains("canary") == false)
        }
    }

    @Test func `two stores in one folder have nothing of each other`() throws {
        try withFolder { place in
            let (one, two) = (SecretFolder(besides: place + "/waprod.db"), SecretFolder(besides: place + "/waprod-test.db"))
            try one.write("a.token", [Secret("one")])
            #expect(try two.read("a.token") == nil)
            two.remove("a.token")
            #expect(try one.read("a.token") == [Secret("one")])
        }
    }
}

extension SecretFolder {
    fileprivate func write(_ name: String, _ lines: [Secret]) throws(SecretFolderFailure) {
        try draft(name, lines)
        try take(name)
    }
}
