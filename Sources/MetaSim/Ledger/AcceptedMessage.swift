/// The message types that can be sent (whatsapp-cloud-api, "Types and limits").
enum MessageKind: String, Sendable, CaseIterable {
    case text, template, image, video, audio, document, sticker, location, contacts, interactive, reaction
}

/// What a message is charged as.
enum PricingCategory: String, Sendable {
    case marketing, utility, authentication, service

    init(template category: String) {
        self = PricingCategory(rawValue: category.lowercased()) ?? .utility
    }
}

/// A message that passed every check, about to be written down.
struct AcceptedMessage: Sendable {
    var time: Int64
    var serial: UInt64
    var person: String
    var text: String
    var callbackData: String
    var number: UInt16
    var template: UInt16
    var kind: MessageKind
    var category: PricingCategory
    var byUserID: Bool
    var windowOpen: Bool
    var failure: Int
}

/// Where a message is in the ledger.
struct MessageID: Sendable, Hashable {
    let stripe: UInt8
    let index: UInt32
}
