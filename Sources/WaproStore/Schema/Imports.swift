extension Migrations {
    /// What imports need beside the foundation: how a piece that comes again is told from another one in its place.
    static let imports = """
        -- Digest of the piece that was taken last; null when there is none, or an earlier waprod took it.
        ALTER TABLE import ADD COLUMN last_piece BLOB;
        """
}
