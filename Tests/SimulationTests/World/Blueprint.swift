import Foundation
import Testing
import WaproCore

@testable import WaproStore

/// A store with two numbers of one portfolio, templates and people, made once and copied for each seed: making the schema takes longer
/// than many a seed.
final class Blueprint: Sendable {
    static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z")!
    /// Meta's ids of the two numbers, which belong to two accounts.
    static let phoneNumberIDs = ["1001", "1002"]

    /// Campaigns and single messages do not share templates, so what Meta took tells which of them it was.
    private static let templates = [
        ("order_update", "UTILITY"), ("winter_sale", "MARKETING"), ("notice", "UTILITY"), ("offer", "MARKETING"),
    ]

    let folder: String
    let portfolio: PortfolioID
    let numbers: [NumberID]
    let accounts: [AccountID]
    let contacts: [ContactID]
    let phones: [String]

    init() async throws {
        // In memory where there is such a folder: a commit is flushed to disk, and a seed has hundreds of them.
        let memory = "/dev/shm"
        let base = FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
        folder = "\(base)/wapro-simulation-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: "\(folder)/origin", withIntermediateDirectories: true)
        let store = try Store(.file("\(folder)/origin/waprod.db"), clock: SteppedClock(at: Self.start).wall)
        phones = (0..<12).map { "49151123400\($0 < 10 ? "0" : "")\($0)" }
        (portfolio, numbers, accounts, contacts) = try await store.write(.control) { [phones] transaction in
            let portfolio = try transaction.configurePortfolio("Example")
            let app = try transaction.configureApp("main")
            var (numbers, accounts): ([NumberID], [AccountID]) = ([], [])
            for (index, id) in Self.phoneNumberIDs.enumerated() {
                let account = try transaction.configureAccount("shop \(index)", wabaID: "50\(index)", portfolio: portfolio, app: app)
                _ = try transaction.sync(try Self.templates.map(Self.template), of: account)
                accounts.append(account)
                numbers.append(try transaction.configureNumber("number \(index)", phoneNumberID: id, account: account))
            }
            let contacts = try phones.map { digits in
                let phone = try #require(Int64(digits).flatMap { PhoneNumber(value: $0) })
                return try transaction.upsertContact(phone: phone, name: "Person", attributes: [:]).contact
            }
            return (portfolio, numbers, accounts, contacts)
        }
        try await store.close()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A fresh copy of the store; the path of its database.
    func copy(as name: String) throws -> String {
        try Self.copy("\(folder)/origin", to: "\(folder)/\(name)")
    }

    /// Copies a store's files as they are on disk now, as a crash leaves them; the path of the new database.
    static func copy(_ origin: String, to folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // The database before its log: what a checkpoint may be writing is in the log as well.
        for name in ["waprod.db", "waprod.db-wal", "waprod.db.fence"] where FileManager.default.fileExists(atPath: "\(origin)/\(name)") {
            try FileManager.default.copyItem(atPath: "\(origin)/\(name)", toPath: "\(folder)/\(name)")
        }
        return "\(folder)/waprod.db"
    }

    private static func template(_ name: String, _ category: String) throws -> Template {
        let json = """
            {"name":"\(name)","language":"en_US","category":"\(category)","status":"APPROVED",
             "components":[{"type":"BODY","text":"Your order {{1}} is on its way."}]}
            """
        return try JSONDecoder().decode(Template.self, from: Data(json.utf8))
    }
}
