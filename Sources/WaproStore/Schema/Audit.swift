extension Migrations {
    /// The audit log grows at its end alone. Replacing an entry fires no trigger of a deletion, so what is inserted is looked at.
    static let audit = """
        CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """
}
