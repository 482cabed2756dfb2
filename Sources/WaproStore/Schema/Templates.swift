extension Migrations {
    /// What templates need beside the foundation: Meta's times of what webhooks said last, since these come in any order.
    static let templates = """
        ALTER TABLE template ADD COLUMN status_at INTEGER;
        ALTER TABLE template ADD COLUMN category_at INTEGER;
        """
}
