/* What the launcher's files share. See launcher.c for what it does. */
#ifndef MAYFLY_LAUNCHER_H
#define MAYFLY_LAUNCHER_H

#include <stddef.h>
#include <sys/types.h>

enum { MAX_MOUNTS = 64, MAX_ARGS = 64, MAX_PORTS = 8, MAX_CGROUPS = 8, SPEC_BYTES = 256 * 1024 };

enum mount_kind { MOUNT_RO, MOUNT_RW, MOUNT_TMPFS };

struct mount_spec {
    enum mount_kind kind;
    const char *source; /* not for tmpfs */
    const char *target;
    const char *size; /* bytes, tmpfs only */
    const char *mode; /* octal, tmpfs only */
};

/* One sandbox, as it was read from standard input. */
struct spec {
    const char *root;
    const char *cwd;
    const char *hostname;
    unsigned uid; /* as root: the host's uid and gid to become; else the uid shown inside */
    unsigned long open_files;
    struct mount_spec mounts[MAX_MOUNTS];
    size_t mount_count;
    unsigned ports[MAX_PORTS];
    size_t port_count;
    const char *cgroups[MAX_CGROUPS]; /* cgroup.procs files to join */
    size_t cgroup_count;
    char *args[MAX_ARGS + 1];
    size_t arg_count;
};

/* Prints "mayfly-launcher: STEP: ERROR" and ends with the launcher's own exit code. */
_Noreturn void fail(const char *step, const char *what);

void read_spec(struct spec *spec);
void build_root(const struct spec *spec, unsigned uid_inside);
void raise_loopback(void);
void hand_out_listeners(const struct spec *spec, int channel);
void announce(int channel);
void install_filter(void);

#endif
