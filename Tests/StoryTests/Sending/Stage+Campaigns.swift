import MetaSim
import Testing
import WaproCore
import WaproRPC

/// What stories about exact sending do again and again.
extension Stage {
    /// Imports people into a list that has the campaign's name, and creates the campaign.
    func prepare(
        _ name: String,
        to people: [String],
        number: String = "offers",
        template: String = "autumn_offer",
        rate: Int? = nil,
        dailyCap: Int? = nil,
        missed: MissedSchedule? = nil
    ) async throws {
        let csv = "phone,first_name\n" + people.map { "\($0),Ada\n" }.joined()
        _ = try await bringIn(Array(csv.utf8), list: name)
        try await create(name, list: name, number: number, template: template, rate: rate, dailyCap: dailyCap, missed: missed)
    }

    func create(
        _ name: String,
        list: String,
        number: String = "offers",
        template: String = "autumn_offer",
        rate: Int? = nil,
        dailyCap: Int? = nil,
        missed: MissedSchedule? = nil,
        expiresAt: Timestamp? = nil
    ) async throws {
        // The campaign's name is in the text, so that no two of a story are the same.
        let parameters = template == "hello_world" ? [:] : ["1": "{{first_name|there}}", "2": name]
        try await call { waprod in
            _ = try await waprod(TemplateSync())
            _ = try await waprod(
                CampaignCreate(
                    name: name,
                    number: number,
                    template: template,
                    language: template == "hello_world" ? "en_US" : "en_GB",
                    list: list,
                    parameters: parameters,
                    rate: rate,
                    dailyCap: dailyCap,
                    missed: missed,
                    expiresAt: expiresAt
                )
            )
        }
    }

    /// Telephone numbers of people whom nobody knows yet.
    static func people(_ count: Int, from first: Int = 10_000_000) -> [String] {
        (0..<count).map { "+49151\(first + $0)" }
    }

    func start(_ campaign: String) async throws {
        try await call { _ = try await $0(CampaignStart(campaign: campaign)) }
    }

    func why(_ campaign: String, _ person: String) async throws -> CampaignWhy.Reply {
        try await call { try await $0(CampaignWhy(campaign: campaign, recipient: person)) }
    }

    func counts(_ campaign: String) async throws -> RecipientCounts {
        try await call { try await $0(CampaignReport(campaign: campaign)).counts }
    }

    func problems() async throws -> [String] {
        try await call { try await $0(SystemStatus()).problems }
    }

    /// What a campaign wrote to a person, as the store has it.
    func message(_ campaign: String, _ person: String) async throws -> MessageInfo {
        let id = try #require(try await why(campaign, person).message)
        return try await call { try await $0(MessageShow(message: id)) }
    }

    /// Waits until Meta has accepted so many in all.
    func reaches(_ count: Int) async throws {
        try await eventually(within: .seconds(30)) { simulator.ledger.count >= count }
    }

    /// Meta accepts nothing more, for a while.
    func isSilent(for time: Duration = .milliseconds(400)) async throws -> Bool {
        let count = simulator.ledger.count
        try await Task.sleep(for: time)
        return simulator.ledger.count == count
    }
}
