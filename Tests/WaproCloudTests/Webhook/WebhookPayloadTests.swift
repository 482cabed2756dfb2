import Foundation
import Testing
import WaproCore

@testable import WaproCloud

@Suite struct WebhookPayloadTests {
    /// What another parser finds in a body.
    struct Count: Equatable {
        var changes = 0, messages = 0, statuses = 0, contacts = 0, preferences = 0

        init() {}

        init(_ json: String) throws {
            let root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            for entry in try #require(root["entry"] as? [[String: Any]]) {
                for change in try #require(entry["changes"] as? [[String: Any]]) {
                    changes += 1
                    let field = change["field"] as? String
                    guard field == "messages" || field == "user_preferences", let value = change["value"] as? [String: Any] else {
                        continue
                    }
                    messages += (value["messages"] as? [Any])?.count ?? 0
                    statuses += (value["statuses"] as? [Any])?.count ?? 0
                    contacts += (value["contacts"] as? [Any])?.count ?? 0
                    preferences += (value["user_preferences"] as? [Any])?.count ?? 0
                }
            }
        }

        init(_ payload: WebhookPayload) {
            for change in payload.changes {
                changes += 1
                switch change.content {
                case .messages(let value):
                    messages += value.messages.count
                    statuses += value.statuses.count
                    contacts += value.contacts.count
                case .preferences(let list, let people):
                    preferences += list.count
                    contacts += people.count
                default: break
                }
            }
        }
    }

    @Test(arguments: WebhookFixtures.all)
    func `every kind of webhook is read without losing a part`(_ fixture: WebhookFixture) throws {
        let payload = try WebhookPayload(Array(fixture.json.utf8))
        #expect(payload.unreadable.isEmpty)
        #expect(try Count(payload) == Count(fixture.json))
        #expect(payload.changes.allSatisfy { !$0.account.isEmpty && !$0.field.isEmpty })
    }

    @Test func `what wapro has no type for is kept as it came`() throws {
        let payload = try WebhookPayload(WebhookFixtures.json("unknown_future_field"))
        #expect(payload.changes.map(\.field) == ["some_future_field"])
        #expect(payload.changes.map(\.content) == [.other(json: #"{"event":"SOMETHING_NEW","payload":{"k":1}}"#)])
        let hologram = try messages("unknown_future_message_type")[0]
        #expect(hologram.type == "hologram")
        #expect(hologram.node == #"{"scene":"x1"}"#)
    }

    func change(_ name: String) throws -> MessagesChange {
        let payload = try WebhookPayload(WebhookFixtures.json(name))
        guard case .messages(let change) = try #require(payload.changes.first).content else {
            Issue.record("\(name) has no messages")
            return MessagesChange()
        }
        return change
    }

    func messages(_ name: String) throws -> [InboundMessage] { try change(name).messages }

    func status(_ name: String) throws -> MessageStatus { try #require(try change(name).statuses.first) }

    @Test func `a text has its sender, body and time, and its contact a name`() throws {
        let change = try change("messages_text_with_user_id")
        let message = change.messages[0]
        #expect(message.from == "5511955501234")
        #expect(message.userID == "BR.0aZ93kLmQ7tYvB2nRx6Pc")
        #expect(message.text == "Olá, meu pedido já saiu? 📦")
        #expect(message.at == Timestamp(seconds: 1_795_341_600))
        #expect(change.contacts[0].profileName == "João Conceição")
        #expect(change.contacts[0].waID == "5511955501234")
    }

    @Test func `a person with a username only has no phone number`() throws {
        let change = try change("messages_text_username_no_phone")
        #expect(change.messages[0].from == nil)
        #expect(change.messages[0].userID == "GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk")
        #expect(change.contacts[0].username == "kit.harlow")
    }

    @Test func `buttons and list rows are told apart`() throws {
        #expect(
            try messages("messages_button_template_quick_reply")[0].reply
                == .templateButton(payload: "STOP_PROMO", label: "Stop promotions")
        )
        #expect(try messages("messages_interactive_list_reply")[0].reply == .listRow(id: "slot_2026-11-24T09", title: "Tue 09:00"))
        guard case .button = try messages("messages_interactive_button_reply")[0].reply else {
            Issue.record("a session button must be one")
            return
        }
    }

    @Test func `contexts, captions and errors are read`() throws {
        #expect(try messages("messages_text_reply_context")[0].context?.id?.hasPrefix("wamid.") == true)
        #expect(try messages("messages_text_forwarded")[0].context?.isForwarded == true)
        #expect(try messages("messages_text_frequently_forwarded")[0].context?.isFrequentlyForwarded == true)
        #expect(try messages("messages_text_referred_product")[0].context?.referredProduct?.contains("SKU-0042") == true)
        #expect(try messages("messages_text_ad_referral")[0].referral?.contains("source_url") == true)
        #expect(try messages("messages_media_error_131052")[0].errors.map(\.code) == [131052])
        #expect(try change("messages_value_errors").errors.map(\.code) == [130429])
    }

    @Test func `a failed status carries its error and our callback data`() throws {
        let status = try status("statuses_failed_131049")
        #expect(status.kind == .failed)
        #expect(status.errors.map(\.code) == [131049])
        #expect(status.callbackData == "c=4812;r=77120031;a=1")
        #expect(status.recipientID == "447700900456")
    }

    @Test func `each person of a group has a status of their own`() throws {
        let statuses = try change("statuses_group_delivered_aggregated").statuses
        #expect(statuses.map(\.participantID) == ["447700900456", "5511955501234"])
        #expect(statuses.allSatisfy { $0.isGroup })
        #expect(statuses[0].pricing == MessageStatus.Pricing(type: "regular", category: "group_utility", model: "PMP"))
    }

    @Test func `an opt-out by preference is read`() throws {
        let payload = try WebhookPayload(WebhookFixtures.json("user_preferences_stop"))
        guard case .preferences(let preferences, let contacts) = payload.changes[0].content else {
            Issue.record("must be preferences")
            return
        }
        #expect(preferences.map(\.value) == [.stop])
        #expect(preferences[0].category == "marketing_messages")
        #expect(contacts.count == 1)
        #expect(payload.changes[0].phoneNumberID == "451207733986120")
    }

    @Test func `template, number and account news have types`() throws {
        func content(_ name: String) throws -> WebhookChange.Content { try WebhookPayload(WebhookFixtures.json(name)).changes[0].content }
        #expect(
            try content("message_template_status_update_paused")
                == .templateStatus(
                    TemplateStatusUpdate(
                        event: "PAUSED",
                        templateID: "987650012340001",
                        name: "autumn_offer",
                        language: "en_GB",
                        reason: "NONE",
                        title: "FIRST_PAUSE"
                    )
                )
        )
        #expect(
            try content("message_template_quality_update")
                == .templateQuality(
                    TemplateQualityUpdate(
                        templateID: "987650012340001",
                        name: "autumn_offer",
                        language: "en_GB",
                        previous: "GREEN",
                        current: "YELLOW"
                    )
                )
        )
        #expect(
            try content("template_category_update_impending")
                == .templateCategory(
                    TemplateCategoryUpdate(
                        templateID: "987650012340002",
                        name: "order_update",
                        language: "en_GB",
                        previous: nil,
                        current: "UTILITY",
                        correct: "MARKETING"
                    )
                )
        )
        #expect(
            try content("phone_number_quality_update_throughput_upgrade")
                == .phoneQuality(PhoneQualityUpdate(event: "THROUGHPUT_UPGRADE", limit: "TIER_UNLIMITED"))
        )
        guard case .account(let update) = try content("account_update_restriction") else {
            Issue.record("must be an account update")
            return
        }
        #expect(update.event == "ACCOUNT_RESTRICTION")
        #expect(update.restrictions.first?.type == "RESTRICTED_BIZ_INITIATED_MESSAGING")
        #expect(update.restrictions.first?.until == Timestamp(seconds: 1_795_600_800))
        guard case .templateStatus(let hyphen) = try content("message_template_status_update_approved_hyphen_lang") else {
            Issue.record("must be a template status")
            return
        }
        #expect(!hyphen.language.contains("-"))
    }

    @Test func `one bad part costs only itself`() throws {
        let body = #"""
            {"entry":[{"id":"1","changes":[
              {"field":"messages","value":{"metadata":{"phone_number_id":"9"},"statuses":[
                {"id":"wamid.A","status":"sent","timestamp":"1795341600"},
                {"id":"wamid.B","status":"sent","timestamp":"yesterday"},
                17,
                {"id":"wamid.C","status":"read","timestamp":1795341600}],
                "messages":{"not":"a list"}}},
              {"value":{}},
              {"field":"messages","value":{"messages":[{"id":"wamid.D","type":"text","from":"4477","timestamp":"1795341600","text":{"body":"hi"}}]}}]},
             {"id":"2"}]}
            """#
        let payload = try WebhookPayload(Array(body.utf8))
        guard case .messages(let first) = payload.changes[0].content, case .messages(let second) = payload.changes[1].content else {
            Issue.record("both must be messages")
            return
        }
        #expect(first.statuses.map(\.id) == ["wamid.A", "wamid.C"])
        #expect(second.messages.map(\.text) == ["hi"])
        #expect(
            payload.unreadable.map(\.path) == [
                "entry[0].changes[0].value.statuses[1]", "entry[0].changes[0].value.statuses[2]", "entry[0].changes[0].value.messages",
                "entry[0].changes[1]", "entry[1]",
            ]
        )
        #expect(payload.unreadable[0].reason == "it has no usable timestamp")
    }

    @Test func `a body in which nothing can be read says why`() {
        #expect(throws: WebhookUnreadable.noEntries) { try WebhookPayload(Array("{}".utf8)) }
        #expect(throws: WebhookUnreadable.noEntries) { try WebhookPayload(Array("[]".utf8)) }
        #expect(throws: WebhookUnreadable.notJSON(JSONRefusal(reason: .unfinished, offset: 10))) {
            try WebhookPayload(Array(#"{"entry":["#.utf8))
        }
        #expect(throws: WebhookUnreadable.notJSON(JSONRefusal(reason: .duplicateKey, offset: 12))) {
            try WebhookPayload(Array(#"{"entry":[],"entry":[]}"#.utf8))
        }
    }
}
