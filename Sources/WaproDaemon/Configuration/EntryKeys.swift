/// The keys of the entries of each list, in the order of the man page.
enum EntryKeys {
    static let portfolios = ["name"]
    static let apps = ["name", "id", "secret", "previous_secret", "verify_token", "appsecret_proof"]
    static let accounts = ["name", "portfolio", "app", "waba_id", "token"]
    static let numbers = ["name", "account", "phone_number_id", "rate"]
    static let callers = ["role", "user", "group"]

    static let lists = ["portfolios": portfolios, "apps": apps, "accounts": accounts, "numbers": numbers, "callers": callers]
}
