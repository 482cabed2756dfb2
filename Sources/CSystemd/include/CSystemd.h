// CSystemd: what a service has of libsystemd and the kernel, as Swift sees it. Nothing but WaproDaemon's Supervision and Logging may
// import it.
//
// * sd-daemon.h: readiness, status and watchdog messages (sd_notify), sockets passed by systemd (sd_listen_fds_with_names,
//   sd_is_socket), whether a watchdog is expected (sd_watchdog_enabled).
// * sd-journal.h: structured log entries (sd_journal_sendv).
// * sys/prctl.h: whether the memory may be dumped; Swift imports no function of variable arguments.

#ifndef CSYSTEMD_H
#define CSYSTEMD_H

// Source locations are ours to give: the macros would name this shim.
#define SD_JOURNAL_SUPPRESS_LOCATION 1

#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#include <sys/prctl.h>

/// No core is dumped, and no other process of the same user reads the memory. 0, or -1 and errno.
static inline int wapro_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/// 1 when the memory may be dumped.
static inline int wapro_may_be_dumped(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

#endif
