import Foundation
import MetaSim
import Testing
import WaproCore
import WaproRPC

/// An account is connected by command, on a daemon that runs.
@Suite(.serialized) struct AccountStories {
    private static let guest = "+447700900777"

    @Test func `an account that is added sends and is heard at once, also after a restart, and its secrets are nowhere else`() async throws
    {
        try await Stage.play { stage in
            stage.foundRooms()
            let first = try await stage.startDaemon()
            _ = stage.simulator.setCallback("http://127.0.0.1:\(stage.port)/webhook/second", app: Rooms.app)
            let dry = try await stage.call { try await $0(stage.addRooms(dryRun: true, key: "dry")) }
            // It was another question.
            try await stage.refused(.metaRefused) { _ = try await $0(stage.addRooms(token: "EAAnobody", dryRun: true, key: "dry")) }
            #expect(!dry.added && dry.numbers.map(\.name) == ["rooms", "rooms-2"] && dry.callback == "/webhook/second")
            #expect(try await stage.call { try await $0(AccountList()).items.map(\.name) } == ["goods"])
            #expect(stage.keptSecrets.isEmpty)

            let (added, repeated) = try await stage.call { waprod in
                (try await waprod(stage.addRooms(key: "once")), try await waprod(stage.addRooms(key: "once")))
            }
            #expect(added.added && added.numbers.map(\.phoneNumberId) == Rooms.numbers && repeated == added)
            #expect(stage.keptSecrets == ["account-\(Rooms.account).token", "app-second.secrets"])
            #expect(try stage.mode("waprod.db.secrets") == 0o700)
            for file in stage.keptSecrets { #expect(try stage.mode("waprod.db.secrets/\(file)") == 0o600) }
            let before = try await stage.call { try await $0(AccountCheck(account: "rooms")) }
            #expect(before.level.known == .wrong && before.findings.contains { $0.about == "subscription" && $0.level.known == .wrong })

            let subscribed = try await stage.call { try await $0(AccountSubscribe(account: "rooms")) }
            #expect(subscribed.subscribed && subscribed.apps == ["Rooms App"] && subscribed.callback == nil)
            try await talk(stage, "Is there a room?", "Yes, two.")
            let after = try await stage.call { try await $0(AccountCheck(account: "rooms")) }
            #expect(after.level.known == .ok, "\(after.findings.filter { $0.level.known != .ok })")
            #expect(after.findings.count == 7)
            #expect(try await first.stop() == 0)

            let second = try await stage.startDaemon()
            _ = stage.simulator.setCallback("http://127.0.0.1:\(stage.port)/webhook/second", app: Rooms.app)
            try await talk(stage, "And tomorrow?", "One.")
            let accounts = try await stage.call { try await $0(AccountList()).items }
            #expect(accounts.map(\.origin.slug) == ["configuration", "command"] && accounts.allSatisfy { $0.hasToken })
            #expect(try await stage.problems().isEmpty)
            let listed = try await stage.call { try await $0(AuditList()).items.map(\.method) }
            #expect(listed.contains("account.add") && listed.contains("account.subscribe"))
            #expect(try await second.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    /// A guest writes to the first number of the rooms, and is answered from it; Meta's status of the answer arrives.
    private func talk(_ stage: Stage, _ question: String, _ answer: String) async throws {
        try await stage.hear(question, from: Self.guest, at: Rooms.numbers[0])
        let sent = try await stage.call { waprod in
            let heard = try await waprod(MessageList(contact: Self.guest, direction: .inbound)).items.map(\.text)
            #expect(heard.first == question)
            return try await waprod(MessageSend(number: "rooms", to: Self.guest, text: answer)).message
        }
        try await eventually {
            let state = try await stage.call { try await $0(MessageShow(message: sent)).state.known }
            return state == .delivered || state == .read
        }
        let last = try #require(stage.simulator.ledger.messages(to: Self.guest).last)
        #expect(last.text == answer && last.phoneNumberID == Rooms.numbers[0])
    }

    @Test func `Meta verifies the callback of an account, and what leads elsewhere is refused`() async throws {
        try await Stage.play { stage in
            stage.foundRooms()
            let daemon = try await stage.startDaemon()
            _ = try await stage.call { try await $0(stage.addRooms()) }
            let ours = "http://127.0.0.1:\(stage.port)/webhook/second"
            for _ in 0..<2 {
                let done = try await stage.call { try await $0(AccountSubscribe(account: "rooms", callbackUrl: ours)) }
                #expect(done.subscribed && done.callback == ours)
            }
            let words = try await stage.refused(.metaRefused) {
                _ = try await $0(AccountSubscribe(account: "rooms", callbackUrl: "http://127.0.0.1:\(stage.port)/webhook/none"))
            }
            #expect(words.contains("challenge"))
            try await stage.refused(.invalidParameters) {
                _ = try await $0(AccountSubscribe(account: "rooms", callbackUrl: "http://hooks.example.com/webhook/second"))
            }
            #expect(stage.simulator.world.apps.last?.overrides == [Rooms.account: ours])
            // What is so already is left, unless something else is said.
            let left = try await stage.call { try await $0(AccountSubscribe(account: "rooms")) }
            #expect(left.subscribed && left.callback == ours)
            let reset = try await stage.call { try await $0(AccountSubscribe(account: "rooms", resetCallback: true)) }
            #expect(reset.subscribed && reset.callback == nil && stage.simulator.world.apps.last?.overrides == [:])
            _ = try await stage.call { try await $0(AccountSubscribe(account: "rooms", callbackUrl: ours)) }
            try await talk(stage, "Is there a room?", "Yes.")
            #expect(try await daemon.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    @Test func `a callback is read whole, however long, and a secret that is no longer the app's is found`() async throws {
        try await Stage.play { stage in
            stage.foundRooms()
            let daemon = try await stage.startDaemon()
            _ = try await stage.call { try await $0(stage.addRooms()) }
            func callbacks() async throws -> [AccountFinding] {
                try await stage.call { try await $0(AccountCheck(account: "rooms")).findings.filter { $0.about == "callback" } }
            }
            let place = "https://whatsapp.messages.harbour-street-rooms.example.com/webhook/second"
            stage.simulator.updateWorld { $0.apps[$0.apps.count - 1].callback = place + "?key=1" }
            let long = try await callbacks()
            #expect(long.map(\.level.known) == [.ok] && long[0].says == "The app's webhooks go to \(place).")
            stage.simulator.updateWorld { $0.apps[$0.apps.count - 1].callback = "https://other.example.com/webhook/main" }
            #expect(try await callbacks().map(\.level.known) == [.warning])
            stage.simulator.updateWorld { $0.apps[$0.apps.count - 1].secret = "changedAtMeta" }
            let changed = try await callbacks()
            #expect(changed.map(\.level.known) == [.wrong] && changed[0].says.contains("does not take the app's secret"))
            #expect(try await daemon.stop() == 0)
        }
    }

    @Test func `what is known already, what Meta refuses and what is wrong changes nothing`() async throws {
        try await Stage.play { stage in
            stage.foundRooms()
            let daemon = try await stage.startDaemon()
            try await stage.refused(.conflict) { _ = try await $0(stage.addRooms(name: "goods")) }
            let known = try await stage.refused(.conflict) { waprod in
                _ = try await waprod(
                    AccountAdd(name: "other", wabaId: StandardWorld.accountID, portfolio: "group", app: "main", token: Secret(Canary.token))
                )
            }
            #expect(known.contains("goods") && known.contains("account.token"))
            let nobody = try await stage.refused(.metaRefused) { _ = try await $0(stage.addRooms(token: "EAAnobody")) }
            #expect(!nobody.contains("EAAnobody"))
            let foreign = try await stage.refused(.metaRefused) { _ = try await $0(stage.addRooms(token: StandardWorld.accessToken)) }
            #expect(foreign.contains("not for this WhatsApp Business Account"))
            try await stage.refused(.invalidParameters) { waprod in
                _ = try await waprod(
                    AccountAdd(name: "rooms", wabaId: Rooms.account, portfolio: "hotels", app: "second", token: Secret(Canary.token))
                )
            }
            var wrong = stage.addRooms()
            wrong = AccountAdd(
                name: wrong.name,
                wabaId: wrong.wabaId,
                portfolio: wrong.portfolio,
                app: wrong.app,
                token: wrong.token,
                appSecret: Secret("wrongSecretOfTheSecondApp"),
                verifyToken: wrong.verifyToken
            )
            let secret = try await stage.refused(.metaRefused) { [wrong] in _ = try await $0(wrong) }
            #expect(secret.contains("does not take this secret"))
            stage.simulator.updateWorld { world in
                for index in world.tokens.indices where world.tokens[index].value == Canary.token {
                    world.tokens[index].scopes = ["whatsapp_business_management"]
                }
            }
            let less = try await stage.refused(.metaRefused) { _ = try await $0(stage.addRooms()) }
            #expect(less.contains("whatsapp_business_messaging"))
            #expect(stage.keptSecrets.isEmpty)
            #expect(try await stage.call { try await $0(AccountList()).items.map(\.name) } == ["goods"])
            #expect(try await daemon.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    @Test func `a store without its secrets says what is missing, sends nothing of it, and goes on once it is given`() async throws {
        try await Stage.play { stage in
            stage.foundRooms()
            let first = try await stage.startDaemon()
            _ = stage.simulator.setCallback("http://127.0.0.1:\(stage.port)/webhook/second", app: Rooms.app)
            _ = try await stage.call { waprod in
                _ = try await waprod(stage.addRooms())
                return try await waprod(AccountSubscribe(account: "rooms"))
            }
            try await stage.hear("Hello?", from: Self.guest, at: Rooms.numbers[0])
            #expect(try await first.stop() == 0)
            try FileManager.default.removeItem(atPath: stage.storeFolder + "/waprod.db.secrets")

            let second = try await stage.startDaemon()
            _ = stage.simulator.setCallback("http://127.0.0.1:\(stage.port)/webhook/second", app: Rooms.app)
            let problems = try await stage.problems()
            #expect(problems.count == 1 && problems[0].contains("waproctl account token rooms"))
            let message = try await stage.call { waprod in
                // Who lets it go in vain is stopped again.
                _ = try await waprod(SystemRelease(account: "rooms"))
                return try await waprod(MessageSend(number: "rooms", to: Self.guest, text: "Here we are.")).message
            }
            #expect(try await stage.isSilent())
            let check = try await stage.call { try await $0(AccountCheck(account: "rooms")) }
            #expect(check.level.known == .wrong && check.findings[0].next?.contains("waproctl account token rooms") == true)
            let wanted = try await stage.refused(.invalidParameters) {
                _ = try await $0(AccountToken(account: "rooms", token: Secret(Canary.nextToken)))
            }
            #expect(wanted.contains("app_secret"))
            let wrong = try await stage.refused(.metaRefused) { waprod in
                _ = try await waprod(
                    AccountToken(
                        account: "rooms",
                        token: Secret(Canary.nextToken),
                        appSecret: Secret("notTheSecret"),
                        verifyToken: Secret(Canary.verifyToken)
                    )
                )
            }
            #expect(wrong.contains("secret") && !wrong.contains("notTheSecret") && stage.keptSecrets.isEmpty)
            _ = try await stage.call { waprod in
                try await waprod(
                    AccountToken(
                        account: "rooms",
                        token: Secret(Canary.nextToken),
                        appSecret: Secret(Canary.appSecret),
                        verifyToken: Secret(Canary.verifyToken)
                    )
                )
            }
            try await eventually {
                let state = try await stage.call { try await $0(MessageShow(message: message)).state.known }
                return state == .delivered || state == .read
            }
            #expect(stage.simulator.ledger.messages(to: Self.guest).count == 1)
            try await eventually { try await stage.problems().isEmpty }
            #expect(try await second.stop() == 0)
            #expect(try stage.leaks() == [])
        }
    }

    @Test func `an app that wants a proof is mended by command after a restore, and keeps nobody else from anything`() async throws {
        try await Stage.play({ $0.requiresSecretProof = true }) { stage in
            stage.foundRooms()
            let first = try await stage.startDaemon()
            _ = try await stage.call { try await $0(stage.addRooms(proves: true)) }
            #expect(try await first.stop() == 0)
            for lost in ["/app-second.secrets", ""] {
                try FileManager.default.removeItem(atPath: stage.storeFolder + "/waprod.db.secrets" + lost)
                let daemon = try await stage.startDaemon()
                let problems = try await stage.problems()
                #expect(problems.count == 1 && problems[0].contains("waproctl account token rooms"))
                let synced = try await stage.call { try await $0(TemplateSync()) }
                #expect(synced.accounts.map(\.account) == ["goods"] && synced.skipped == ["rooms"])
                try await stage.refused(.notConfigured) { _ = try await $0(TemplateSync(account: "rooms")) }
                let done = try await stage.call { waprod in
                    try await waprod(
                        AccountToken(
                            account: "rooms",
                            token: Secret(Canary.token),
                            appSecret: Secret(Canary.appSecret),
                            verifyToken: Secret(Canary.verifyToken)
                        )
                    )
                }
                #expect(done.resumed == ["rooms", "rooms-2"])
                #expect(try await stage.problems().isEmpty)
                #expect(try await stage.call { try await $0(TemplateSync()) }.accounts.map(\.account) == ["goods", "rooms"])
                #expect(try await daemon.stop() == 0)
            }
            #expect(try stage.leaks() == [])
        }
    }

    @Test func `a number that waprod.yaml has no longer says so, and goes on when it or its account is taken up again`() async throws {
        try await Stage.play { stage in
            let first = try await stage.startDaemon()
            for number in [StandardWorld.phoneNumberID, StandardWorld.highThroughputPhoneNumberID] {
                try await stage.hear("Hello?", from: Self.guest, at: number)
            }
            #expect(try await first.stop() == 0)

            let yaml = try stage.yaml(port: stage.port, rate: 100, extra: "")
            let lines = yaml.split(separator: "\n").filter { !$0.hasPrefix("accounts:") && !$0.hasPrefix("numbers:") }
            func start() async throws -> DaemonProcess {
                let daemon = try DaemonProcess(configuration: lines.joined(separator: "\n"), in: stage.folder)
                try await daemon.waitUntilReady(stage.socket)
                return daemon
            }
            let second = try await start()
            let messages = try await stage.call { waprod in
                var messages: [MessageID] = []
                for number in ["support", "offers"] {
                    messages.append(try await waprod(MessageSend(number: number, to: Self.guest, text: "From \(number).")).message)
                }
                return messages
            }
            try await eventually { try await stage.problems().contains { $0.contains("support") && $0.contains("offers") } }
            let problems = try await stage.problems()
            #expect(problems.count == 1 && problems[0].contains("waprod.yaml") && !problems[0].contains("account token"))
            #expect(stage.simulator.ledger.count == 0)

            // One of its numbers is taken up, and what waits there goes; the other one was left out.
            _ = try await stage.call { waprod in
                try await waprod(
                    AccountAdd(
                        name: "goods",
                        wabaId: StandardWorld.accountID,
                        portfolio: "group",
                        app: "main",
                        token: Secret(StandardWorld.accessToken),
                        numbers: [StandardWorld.phoneNumberID]
                    )
                )
            }
            try await eventually {
                let state = try await stage.call { try await $0(MessageShow(message: messages[0])).state.known }
                return state == .delivered || state == .read
            }
            #expect(try await stage.call { try await $0(AccountList()).items.flatMap(\.numbers) } == ["support"])
            let none = try await stage.refused(.invalidParameters) { waprod in
                _ = try await waprod(
                    AccountAdd(name: "x", wabaId: Rooms.account, portfolio: "group", app: "main", token: Secret(Canary.token), numbers: [])
                )
            }
            #expect(none.contains("numbers is empty"))
            #expect(try await second.stop() == 0)

            let third = try await start()
            try await eventually { try await stage.problems().contains { $0.contains("offers") && !$0.contains("support") } }
            #expect(try await stage.call { try await $0(AccountList()).items.flatMap(\.numbers) } == ["support"])
            #expect(stage.simulator.ledger.messages(to: Self.guest).map(\.text) == ["From support."])
            #expect(try await third.stop() == 0)
        }
    }
}
