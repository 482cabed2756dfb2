import WaproCore
import WaproStore

/// One thing that a webhook says happened, as far as the store needs it.
enum Update: Sendable, Hashable {
    case status(Status)
    case inbound(Inbound)
    /// Sent from the phone, or by another application.
    case echo(Inbound)
    case preference(Preference)
    case template(TemplateNews)
    /// Everything else: kept in the journal, and counted by its kind the first time it comes.
    case news(News)
    /// Counted by its kind, nothing more: a status word that this version does not know, an error without a message.
    case remark(kind: String)

    /// What Meta says of a message of ours.
    struct Status: Sendable, Hashable {
        /// Meta's id of the number; nil when the change did not say.
        var phoneNumberID: String?
        var wamid: String
        var fact: StatusFact
        var code: Int?
        /// `biz_opaque_callback_data`, as it came back.
        var callbackData: String?
        var at: Timestamp
    }

    /// Who a change is about, by what Meta gives of them.
    struct Person: Sendable, Hashable {
        var phone: PhoneNumber?
        var userID: String?
        var profileName: String?
    }

    struct Inbound: Sendable, Hashable {
        var phoneNumberID: String
        var person: Person
        var wamid: String
        var kind: String
        /// The type node, JSON.
        var content: String
        var at: Timestamp
        var isSaidToUs = true
    }

    /// The person stopped or resumed marketing messages in WhatsApp.
    struct Preference: Sendable, Hashable {
        var wabaID: String
        var phoneNumberID: String
        var person: Person
        var stops: Bool
        var at: Timestamp
    }

    /// Meta changed its mind about a template.
    struct TemplateNews: Sendable, Hashable {
        var wabaID: String
        var name: String
        var language: String
        var change: TemplateChange
        /// Meta's time of the change, where it gives one.
        var at: Timestamp?
        var news: News
    }

    struct News: Sendable, Hashable {
        /// The change's `field`.
        var field: String
        /// SHA-256 over account, time, field and canonical value.
        var digest: [UInt8]

        var isAboutNumbers: Bool {
            ["phone_number_quality_update", "business_capability_update", "account_update"].contains(field)
        }
    }
}
