// CSystemd: libsystemd as Swift sees it. Nothing but WaproDaemon's Supervision and Logging may import it.
//
// * sd-daemon.h: readiness, status and watchdog messages (sd_notify), sockets passed by systemd (sd_listen_fds_with_names,
//   sd_is_socket), whether a watchdog is expected (sd_watchdog_enabled).
// * sd-journal.h: structured log entries (sd_journal_sendv).

#ifndef CSYSTEMD_H
#define CSYSTEMD_H

// Source locations are ours to give: the macros would name this shim.
#define SD_JOURNAL_SUPPRESS_LOCATION 1

#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

#endif
