// CSQLite: what Swift cannot say to libsqlite3, since the call is variadic. Nothing but WaproStore's Engine may import it.
//
// * sqlite3_config: settings of the whole process.

#ifndef CSQLITE_H
#define CSQLITE_H

/// Turns off SQLite's count of its own memory (SQLITE_CONFIG_MEMSTATUS), which takes a lock of the whole process at each allocation.
/// Answers SQLite's code: SQLITE_MISUSE when a connection was opened before.
int wapro_sqlite_count_no_memory(void);

#endif
