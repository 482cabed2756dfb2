/// The world, indexed for the requests: one immutable value, replaced whole when the world changes.
final class Directory: Sendable {
    /// A number with all that a send to it needs.
    final class Number: Sendable {
        let number: PhoneNumber
        let account: Account
        /// Its short name in the ledger; the same for the life of the simulator.
        let tag: UInt16
        let digits: String

        init(number: PhoneNumber, account: Account, tag: UInt16) {
            self.number = number
            self.account = account
            self.tag = tag
            digits = number.digits
        }
    }

    /// A template with what it asks of a message.
    final class Entry: Sendable {
        let template: Template
        let layout: TemplateLayout
        let tag: UInt16

        init(template: Template, tag: UInt16) {
            self.template = template
            self.tag = tag
            layout = TemplateLayout(template.node)
        }
    }

    let world: World
    let tokens: [String: AccessToken]
    let numbers: [String: Number]
    let numbersByTag: [UInt16: Number]
    let accounts: [String: Account]
    let apps: [String: App]
    /// By account, then by `name/language`.
    private let templates: [String: [String: Entry]]

    init(_ world: World, tags: Tags) {
        self.world = world
        tokens = Dictionary(world.tokens.map { ($0.value, $0) }) { first, _ in first }
        accounts = Dictionary(world.accounts.map { ($0.id, $0) }) { first, _ in first }
        apps = Dictionary(world.apps.map { ($0.id, $0) }) { first, _ in first }
        let all = world.accounts.flatMap { account in
            account.numbers.map { Number(number: $0, account: account, tag: tags.tag($0.id)) }
        }
        numbers = Dictionary(all.map { ($0.number.id, $0) }) { first, _ in first }
        numbersByTag = Dictionary(all.map { ($0.tag, $0) }) { first, _ in first }
        templates = accounts.mapValues { account in
            Dictionary(account.templates.map { ($0.name + "/" + $0.language, Entry(template: $0, tag: tags.tag($0.name))) }) { first, _ in
                first
            }
        }
    }

    /// The app whose own token this is: `id|secret`.
    func app(withToken text: String) -> App? {
        let parts = text.split(separator: "|", maxSplits: 1)
        guard parts.count == 2, let app = apps[String(parts[0])], app.secret == parts[1] else { return nil }
        return app
    }

    func template(_ name: String, _ language: String, account: String) -> Entry? {
        templates[account]?[name + "/" + language]
    }

    func template(id: String) -> (account: Account, template: Template)? {
        for account in world.accounts {
            if let template = account.templates.first(where: { $0.id == id }) { return (account, template) }
        }
        return nil
    }
}
