/// Which fields of the lists people see in a table, and in which order. `-o json` has them all.
enum Columns {
    static let byMethod: [String: [String]] = [
        "account.list": ["name", "waba_id", "portfolio", "app", "origin", "has_token", "numbers"],
        "number.list": ["name", "display_number", "verified_name", "account", "quality", "throughput", "status"],
        "contact.list": ["id", "phone", "name", "lists", "last_inbound_at"],
        "import.list": ["import", "state", "file_name", "list", "lines", "created", "updated", "unchanged", "refused", "started_at"],
        "template.list": ["name", "language", "category", "status", "quality", "account"],
        "campaign.list": ["name", "state", "total", "template", "language", "audience", "number", "started_at"],
        "campaign.recipients": ["contact", "phone", "name", "state", "reason", "updated_at"],
        "user.list": ["name", "full_name", "email", "role", "state", "sessions", "last_login_at"],
        "session.list": ["session", "user", "uid", "role", "label", "created_at", "expires_at"],
        "audit.list": ["seq", "at", "uid", "role", "user", "method", "subject", "outcome"],
        "message.list": ["id", "created_at", "direction", "phone", "kind", "state", "text", "reason"],
    ]
}
