import WaproCloud
import WaproCore
import WaproRPC
import WaproStore

/// Answers `template.*`.
struct TemplateHandlers: Sendable {
    let store: Store
    let changes: Changes
    let accounts: Accounts

    func register(_ handlers: inout Handlers) {
        handlers.on(WaproRPC.TemplateSync.self) { ask, call throws(Fault) in try await sync(ask, call) }
        handlers.on(TemplateList.self) { ask, _ throws(Fault) in try await list(ask) }
        handlers.on(TemplateShow.self) { ask, _ throws(Fault) in
            try await store.ask { snapshot in
                let account = try ask.account.map { try snapshot.requireAccount($0).id }
                return TemplateInfo(
                    try snapshot.requireTemplate(ask.template, language: ask.language, account: account),
                    withComponents: true
                )
            }
        }
    }

    /// Asks Meta first and changes the store then, so that nothing waits on the network inside a transaction.
    private func sync(_ ask: WaproRPC.TemplateSync, _ call: Call) async throws(Fault) -> WaproRPC.TemplateSync.Reply {
        if let earlier = try await changes.earlier(ask, call) { return earlier }
        let all = try await store.ask { snapshot in
            try ask.account.map { [try snapshot.requireAccount($0)] } ?? snapshot.accounts()
        }
        // One that cannot be asked keeps nobody from the others, unless it is the one that was named.
        let book = accounts.book
        let skipped = ask.account == nil ? all.filter { book.mute.contains($0.id) }.map(\.name) : []
        let wanted = ask.account == nil ? all.filter { book.accounts[$0.id]?.credentials != nil } : all
        if wanted.isEmpty, let first = all.first { _ = try accounts.known(first) }
        var lists: [(account: AccountRecord, templates: [Template])] = []
        for account in wanted {
            await call.progress("accounts", done: lists.count, total: wanted.count)
            lists.append((account, try await accounts.templates(of: account)))
        }
        return try await changes.make(ask, call) { [lists] transaction in
            WaproRPC.TemplateSync.Reply(
                accounts: try lists.map { account, templates in
                    let sync = try transaction.sync(templates, of: account.id)
                    return TemplateSyncResult(
                        account: account.name,
                        total: sync.total,
                        added: sync.added,
                        changed: sync.changed,
                        removed: sync.removed
                    )
                },
                skipped: skipped.isEmpty ? nil : skipped
            )
        }
    }

    private func list(_ ask: TemplateList) async throws(Fault) -> Page<TemplateInfo> {
        let limit = ask.limit ?? 100
        let after = try ask.place()
        return try await store.ask { snapshot in
            let account = try ask.account.map { try snapshot.requireAccount($0).id }
            let found = try snapshot.templates(account: account, status: ask.status, name: ask.name, after: after, limit: limit)
            return Page(items: found.map { TemplateInfo($0) }, next: found.count == limit ? found.last?.id.description : nil)
        }
    }
}

extension Snapshot {
    func requireAccount(_ text: String) throws -> AccountRecord {
        let accounts = try accounts()
        if let account = accounts.first(where: { $0.name == text || $0.wabaID == text || $0.id.description == text }) { return account }
        throw Fault.notFound(
            "account",
            "\"\(text)\"",
            field: "account",
            hint: "There is: \(accounts.map(\.name).joined(separator: ", "))."
        )
    }

    /// A template by id or name; by name its language must be said when there are several.
    func requireTemplate(_ text: String, language: String?, account: AccountID?) throws -> TemplateRecord {
        if let id = TemplateID(text), let template = try template(id) {
            guard account == nil || template.account == account else {
                throw Fault(.notFound, "The template belongs to another account than the number.", field: "template")
            }
            return template
        }
        let named = try templates(named: text, account: account)
        let found = named.filter { language == nil || $0.template.language == language }
        if found.count == 1 { return found[0] }
        let languages = Set(named.map(\.template.language)).sorted().joined(separator: ", ")
        if found.isEmpty {
            throw Fault.notFound(
                "template",
                "\"\(text)\"\(language.map { " in \($0)" } ?? "")",
                field: named.isEmpty ? "template" : "language",
                hint: named.isEmpty ? "template.sync fetches what Meta has; template.list shows it." : "It exists in: \(languages)."
            )
        }
        throw Fault(
            .ambiguous,
            "\"\(text)\" exists in several languages or accounts: \(languages).",
            field: "language",
            hint: "Say which language."
        )
    }
}

extension TemplateRecord {
    /// Refuses what Meta would refuse for everybody.
    func requireSendable() throws {
        guard template.status == .approved, !isGone else {
            let state = isGone ? "no longer exists at Meta" : "is \(template.status.rawValue.lowercased()) at Meta, not approved"
            throw Fault(
                .templateNotSendable,
                "The template \(template.name) \(state).",
                field: "template",
                hint: "template.sync fetches the latest state."
            )
        }
    }
}

extension TemplateInfo {
    init(_ record: TemplateRecord, withComponents: Bool = false) {
        let template = record.template
        self.init(
            id: record.id,
            account: record.accountName,
            name: template.name,
            language: template.language,
            category: template.category.rawValue,
            status: template.status.rawValue,
            quality: template.quality?.rawValue,
            parameterFormat: template.parameterFormat.rawValue,
            body: template.body,
            slots: template.slots.map {
                WaproRPC.TemplateSlot(key: $0.key, required: $0.isRequired, kind: $0.kind.rawValue, example: $0.example)
            },
            components: withComponents ? template.json["components"].flatMap { try? JSONValue.parse(Array($0.text.utf8)) } : nil
        )
    }
}

extension Fault {
    /// What a template refuses about its parameters, all of it.
    init(refusal: TemplateRefusal) {
        self.init(
            .parametersMismatch,
            "The parameters do not fit the template: \(refusal).",
            field: "parameters",
            hint: "template.show lists the template's slots."
        )
    }
}
