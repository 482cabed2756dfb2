import GRDB

/// The schema's history: named, append-only, one transaction each. A released migration is never edited.
enum Migrations {
    static func migrate(_ database: any DatabaseWriter, at location: StoreLocation) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1-foundation") { db in
            try db.execute(sql: foundationAccounts + foundationPeople + foundationCampaigns + foundationReceiving)
        }
        migrator.registerMigration("2-exact") { db in try db.execute(sql: exact) }
        migrator.registerMigration("3-control") { db in try db.execute(sql: control) }
        migrator.registerMigration("4-users") { db in try db.execute(sql: users) }
        migrator.registerMigration("5-accounts") { db in try db.execute(sql: accounts) }
        migrator.registerMigration("6-audit") { db in try db.execute(sql: audit) }
        migrator.registerMigration("7-import") { db in try db.execute(sql: imports) }
        migrator.registerMigration("8-templates") { db in try db.execute(sql: templates) }
        if try database.read(migrator.hasBeenSuperseded) { throw StoreFailure.newer(path: location.path) }
        try migrator.migrate(database)
    }
}
