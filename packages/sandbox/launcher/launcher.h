/* What the launcher's files share. See launcher.c for what it does. */
#ifndef MAYFLY_LAUNCHER_H
#define MAYFLY_LAUNCHER_H

#include <stddef.h>
#include <sys/types.h>

#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

enum { MAX_MOUNTS = 64, MAX_ATTACHABLE = 16, MAX_ARGS = 64, MAX_PORTS = 8, MAX_CGROUPS = 8, MAX_ADDRESSES = 2, MAX_VARIABLES = 4096, SPEC_BYTES = 256 * 1024 };
/* Programs beside the one that the sandbox is for, and variables that they don't get. */
enum { MAX_BESIDE = 16, MAX_HIDDEN = 16 };

/* The kernel's struct mount_attr and its flags; not every libc has them. */
struct attributes {
    unsigned long long set, clear, propagation, user_namespace;
};
enum { ATTR_RDONLY = 1, ATTR_NOSUID = 2, ATTR_NODEV = 4, ATTR_NOEXEC = 8, RECURSIVE = 0x8000 };

enum mount_kind { MOUNT_RO, MOUNT_RW, MOUNT_TMPFS };

struct mount_spec {
    enum mount_kind kind;
    const char *source; /* not for tmpfs */
    const char *target;
    const char *size; /* bytes, tmpfs only */
    const char *mode; /* octal, tmpfs only */
};

/* A pair of interfaces between the sandbox and the server's router; see uplink.c. */
struct link_spec {
    const char *peer; /* name of the router's end; NULL: the sandbox has loopback only */
    unsigned mtu;
    int router; /* descriptor of the router's network namespace */
    int users;  /* of the user namespace that owns it; 0 as root, who needs none */
    struct {
        const char *inside, *gateway;
    } addresses[MAX_ADDRESSES];
    size_t address_count;
};

/* One sandbox, as it was read from standard input. */
struct spec {
    const char *root;
    const char *cwd;
    const char *hostname;
    unsigned uid; /* as root: the host's uid and gid to become; else the uid shown inside */
    unsigned long open_files;
    unsigned long processes;
    struct mount_spec mounts[MAX_MOUNTS];
    size_t mount_count;
    const char *attachable[MAX_ATTACHABLE]; /* empty folders onto which mounts may be put while the sandbox runs */
    size_t attachable_count;
    unsigned ports[MAX_PORTS];
    size_t port_count;
    const char *cgroups[MAX_CGROUPS]; /* cgroup.procs files to join */
    size_t cgroup_count;
    struct link_spec link;
    const char *resolver; /* address of the name server, or NULL */
    const char *bubblewrap; /* the program that makes the sandbox; NULL: the launcher itself does */
    char *variables[MAX_VARIABLES + 1]; /* the program's, and no others */
    size_t variable_count;

    const char *zygote;   /* socket at which this sandbox's program hands out copies of itself; see zygote.c */
    const char *copy_of;  /* such a socket: the program is not started, but a copy of the one there */
    char *args[MAX_ARGS + 1];
    size_t arg_count;
    char *beside[MAX_BESIDE]; /* they run from the start; the program itself waits for an order then */
    size_t beside_count;
    const char *hidden[MAX_HIDDEN];
    size_t hidden_count;
};

/* Node's, shared by the fork server and all launchers; see channel.c. */
enum { CHANNEL = 3 };
/* Whose lines are sent there. 0: this launcher was not forked by a fork server, and nobody hears what it tells. */
extern unsigned long launcher;
/* Sends a line of JSON, given what is in its braces. */
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Sends a descriptor as what Node calls its type, with a number by which the server knows what it is. -1 if that can't be. */
int hand_over(int fd, const char *type, const char *name, unsigned number);

/* Returns in each launcher, with the process id of the fork server. */
pid_t serve_forks(void);

/* Prints "mayfly-launcher: STEP: ERROR" and ends with the launcher's own exit code. */
_Noreturn void fail(const char *step, const char *what);

void read_spec(struct spec *spec);
/* Whether a part of an order is in the buffer already, so that nothing more need arrive for it. */
int has_order(void);
/* Reads one order: the word that says what to do, before it mounts to do it with. */
enum order { NO_MORE_ORDERS, ATTACH, START };
enum order read_order(struct mount_spec *mounts, size_t *count);

/* A new file that holds the description as it was read. */
int copy_description(void);

/* Reads a description and orders to their end, does nothing of it, and ends. */
_Noreturn void check_description(struct spec *spec);

/* Why mounts could not be attached. */
struct trouble {
    const char *step; /* NULL: they were attached */
    size_t mount;
    int error;
};
void part_mounts(void);
void go_outside(void);
void forget_outside(void);
struct trouble attach(const struct spec *spec, const struct mount_spec *mounts, size_t count);
void answer(const struct trouble *trouble);

/* What a sandbox's file system is made of, each list ended by NULL. */
#define DEV_BYTES "65536"
#define SHM_BYTES "67108864"
extern const char *const system_folders[], *const system_settings[], *const hidden_in_proc[], *const devices[], *const dev_links[][2];
void write_settings(const struct spec *spec, unsigned uid, void (*write)(const char *target, const char *text));

/* bubblewrap, and the first process of the sandbox that it makes; -1 if there is none. */
struct wrapped {
    pid_t bubblewrap, first;
};
struct wrapped start_bubblewrap(const struct spec *spec, int is_root, int status_pipe, int gate);
void await_orphan(pid_t first);

/* A sandbox's tie to the zygote that has its program. */
struct copy {
    int zygote; /* -1: its program is started */
    int cgroups[MAX_CGROUPS];
};
int listen_for_copies(const char *path);
struct copy reach_zygote(const struct spec *spec);
void ask_for_copy(const struct spec *spec, const struct copy *copy);
void forget_copies(const struct spec *spec, int copies, const struct copy *copy);

/* What a zygote tells of a copy. */
struct copy_news {
    int kind;
    int value; /* its process id inside; how it ended, as wait(2) says */
};
enum { COPY_STARTED = 1, COPY_ENDED = 2 };

void close_from(unsigned first);
void set_limits(const struct spec *spec, int is_root);
void drop_privileges(const struct spec *spec, int is_root);
void prefer_to_end(void);

int mount_tmpfs(const char *path, const char *size, const char *mode);
void build_root(const struct spec *spec, unsigned uid_inside);
void raise_loopback(void);
void connect_network(const struct link_spec *link);
void hand_out_listeners(const struct spec *spec);
void install_filter(int may_enter_namespaces);

#endif
