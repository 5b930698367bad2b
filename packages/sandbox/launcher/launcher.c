/* mayfly-launcher: starts one program in a sandbox, and others beside it.
 *
 * Three processes: the launcher itself, in the host's namespaces, waits and ends as the program ends; the sandbox's first process (pid 1 inside) builds the
 * sandbox, then only reaps; the program. Each is killed when the one above it dies, so nothing outlives the server.
 *
 * Standard input holds the description and then orders (spec.c). `mayfly-launcher fork-server` makes launchers by forking itself (fork-server.c), which tell the
 * server over fd 3, Node's channel; one that is started without can hand out no listening sockets.
 * `mayfly-launcher check` only reads and ends: 0 if it could be understood. `mayfly-launcher inside STATUS GATE LAUNCHER` is pid 1 in what bubblewrap made
 * (bubblewrap.c).
 * SIGUSR1 kills everything inside; the launcher ends when nothing is left. SIGALRM kills the program alone. Other signals go on to it.
 * Exit code 125: the sandbox could not be made; standard error says why in one line.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

enum { LAUNCHER_FAILED = 125, LAST_CAPABILITY = 63 };

extern char **environ;

_Noreturn void fail(const char *step, const char *what) {
    dprintf(STDERR_FILENO, "mayfly-launcher: %s %s: %s\n", step, what, strerror(errno));
    _exit(LAUNCHER_FAILED);
}

static void write_text(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    size_t size = strlen(text);
    if (fd < 0 || write(fd, text, size) != (ssize_t)size) fail("write", path);
    close(fd);
}

/* Where the machine itself is short of memory, rather a function should end than the server. One that is preferred even more may not take that back. */
void prefer_to_end(void) {
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0 && write(fd, "500", 3) != 3) errno = 0;
    close(fd);
}

static pid_t below; /* the process that signals are handed on to */

static void hand_on(int number) {
    if (below > 0) kill(below, number);
}

static void kill_below(int number) {
    (void)number;
    if (below > 0) kill(below, SIGKILL);
}

static void forward_signals(void) {
    static const int handed_on[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR2, SIGCONT, SIGALRM};
    struct sigaction action = {.sa_handler = hand_on, .sa_flags = SA_RESTART};
    for (size_t i = 0; i < sizeof handed_on / sizeof *handed_on; i++) sigaction(handed_on[i], &action, NULL);
}

/* The one map that needs no privilege: written once, it is closed to the program. Within a user namespace that has none itself nobody can write it. */
static void close_projects(void) {
    int projects = open("/proc/self/projid_map", O_WRONLY | O_CLOEXEC);
    if (projects >= 0 && write(projects, "0 0 1\n", 6) != 6) errno = 0;
    close(projects);
}

/* Who opens the pipes by name must own them. */
static void give_away_output(const struct spec *spec) {
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fchown(fd, spec->uid, spec->uid) != 0) fail("give away", "the pipes for output");
    }
}

/* Namespaces. Root needs no user namespace: it becomes an ordinary uid of its own later. Anybody else gets one that holds only themselves. */
static void leave_host(const struct spec *spec, int is_root) {
    int flags = CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP | (spec->link.peer == NULL ? CLONE_NEWNET : 0);
    /* Processes can be started in a namespace below their own only, so a zygote stays above those of all sandboxes. */
    if (spec->zygote == NULL) flags |= CLONE_NEWPID;
    uid_t uid = geteuid();
    gid_t gid = getegid();
    /* To take mounts from outside later, an ordinary user needs a copy of the host's that is theirs; root takes them from the host's own. */
    if (spec->attachable_count == 0 || !is_root) flags |= CLONE_NEWNS;
    if (unshare(flags | (is_root ? 0 : CLONE_NEWUSER)) != 0) fail("make", "namespaces");
    if (is_root) return;
    char map[64];
    write_text("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1\n", spec->uid, uid);
    write_text("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%u %u 1\n", spec->uid, gid);
    write_text("/proc/self/gid_map", map);
    close_projects();
}

/* Linux counts an ordinary user's processes for each user namespace from 5.14 on. Before, all that the user runs anywhere would count. */
static int counts_processes(int is_root) {
    struct utsname kernel;
    int major = 0, minor = 0;
    return is_root || (uname(&kernel) == 0 && sscanf(kernel.release, "%d.%d", &major, &minor) == 2 && (major > 5 || (major == 5 && minor >= 14)));
}

void set_limits(const struct spec *spec, int is_root) {
    const struct {
        int resource;
        rlim_t most;
    } limits[] = {
        /* At 0 a crash would still be piped to the host's handler, as the host's root, with what the function chose to put in its memory. The kernel takes 1
         * to mean that nobody is told; the filter keeps it there. */
        {RLIMIT_CORE, 1},
        {RLIMIT_NOFILE, spec->open_files > 0 ? spec->open_files : RLIM_INFINITY},
        {RLIMIT_NPROC, spec->processes > 0 && counts_processes(is_root) ? spec->processes : RLIM_INFINITY},
        {RLIMIT_MEMLOCK, 64 * 1024},
        {RLIMIT_MSGQUEUE, 819200},
        {RLIMIT_RTPRIO, 0}, /* desktops let their users have real-time threads */
        {RLIMIT_NICE, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit;
        if (getrlimit(limits[i].resource, &limit) != 0) fail("limit", "resources");
        rlim_t bound = limits[i].most < limit.rlim_max ? limits[i].most : limit.rlim_max;
        /* What is as it should be is left alone: a zygote's filter lets nobody near the first of these. */
        if (limit.rlim_cur == bound && limit.rlim_max == bound) continue;
        limit = (struct rlimit){.rlim_cur = bound, .rlim_max = bound};
        if (setrlimit(limits[i].resource, &limit) != 0) fail("limit", "resources");
    }
    umask(022);
}

void drop_privileges(const struct spec *spec, int is_root) {
    /* A zygote enters sandboxes and becomes their users. */
    const unsigned kept = spec->zygote == NULL ? 0 : 1U << CAP_SYS_ADMIN | 1U << CAP_SYS_CHROOT | 1U << CAP_SETUID | 1U << CAP_SETGID | 1U << CAP_SETPCAP;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("give up", "new privileges");
    for (unsigned long capability = 0; capability <= LAST_CAPABILITY; capability++) {
        if (capability < 32 && (kept >> capability & 1) != 0) continue;
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0 || errno == EINVAL) continue;
        /* AppArmor may leave none to what an ordinary user's bubblewrap starts. None can come back all the same, by no_new_privs. */
        if (is_root || errno != EPERM) fail("drop", "a capability");
    }
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (is_root) {
        if (setgroups(0, NULL) != 0) fail("give up", "groups");
    }
    if (is_root && spec->zygote == NULL) {
        if (setresgid(spec->uid, spec->uid, spec->uid) != 0) fail("become", "the sandbox's group");
        if (setresuid(spec->uid, spec->uid, spec->uid) != 0) fail("become", "the sandbox's user");
    }
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2] = {{.effective = kept, .permitted = kept}};
    if (syscall(SYS_capset, &header, sets) != 0) fail("drop", "capabilities");
}

/* Ends with the parent. The parent may have died before this was asked for: then nobody reads the status pipe any more. */
static void die_with_parent(int status_pipe) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) fail("tie", "the sandbox to the server");
    struct pollfd parent = {.fd = status_pipe};
    if (poll(&parent, 1, 0) == 1 && (parent.revents & POLLERR)) _exit(LAUNCHER_FAILED);
}

void close_from(unsigned first) {
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
    for (int fd = (int)first, last = (int)sysconf(_SC_OPEN_MAX); fd < last; fd++) close(fd);
}

static int copies = -1;                  /* the socket at which this sandbox's program is to hand out copies of itself */
static struct copy copy = {.zygote = -1}; /* where this sandbox's program comes from, if it is one */

/* Holds a program back until it is told to start. Nothing but what it waits for is open to it. */
static void await_start(int gate) {
    eventfd_t started;
    if (dup2(gate, 3) < 0) fail("hold", "the program");
    close_from(4);
    while (eventfd_read(3, &started) != 0) {
        if (errno != EINTR) fail("hold", "the program");
    }
}

/* gate: what it waits for, or -1. */
static _Noreturn void run(const struct spec *spec, char *const *words, int gate) {
    setsid();
    /* What the server ignores or blocks is none of the program's. */
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing != STDIN_FILENO) dup2(nothing, STDIN_FILENO);
    if (gate >= 0) await_start(gate);
    if (copies >= 0 && dup2(copies, 3) < 0) fail("hand over", "the zygote's socket");
    close_from(copies >= 0 ? 4 : 3);
    if (chdir(spec->cwd) != 0) fail("enter", spec->cwd);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) fail("tie", "the program to the sandbox");
    install_filter(spec->zygote != NULL);
    execve(words[0], words, environ);
    fail("run", words[0]);
}

/* Its output takes the way of standard error alone: what the program writes to standard output stays whole. */
static _Noreturn void run_beside(const struct spec *spec, size_t index) {
    char *words[] = {spec->beside[index], NULL};
    for (size_t i = 0; i < spec->hidden_count; i++) unsetenv(spec->hidden[i]);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    run(spec, words, -1);
}

/* One of the programs has ended. */
struct end {
    int index; /* 0: the program that the sandbox is for; from 1 on those beside it */
    int status;
};

/* Pid 1 inside: waits for everything, ends when the programs have ended, and the kernel ends whatever is left. */
static _Noreturn void reap(const pid_t *programs, size_t count, int status_pipe) {
    for (size_t left = count; left > 0;) {
        struct end end = {0};
        pid_t ended = waitpid(-1, &end.status, 0);
        if (ended < 0 && errno == EINTR) continue;
        if (ended < 0) break;
        while ((size_t)end.index < count && programs[end.index] != ended) end.index++;
        if ((size_t)end.index == count) continue;
        if (end.index == 0) below = 0;
        while (write(status_pipe, &end, sizeof end) < 0 && errno == EINTR) {}
        left--;
    }
    _exit(0);
}

/* The same where the program is a zygote's child; whatever else runs inside is reaped by the kernel. Signals wait until there is something to hand them on to. */
static _Noreturn void follow_copy(int zygote, int status_pipe, const sigset_t *open) {
    struct copy_news news;
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        ssize_t got = recv(zygote, &news, sizeof news, MSG_WAITALL);
        if (got < 0 && errno == EINTR) continue;
        if (got != sizeof news) _exit(LAUNCHER_FAILED);
        if (news.kind == COPY_STARTED) {
            below = news.value;
            sigprocmask(SIG_SETMASK, open, NULL);
        }
        if (news.kind != COPY_ENDED) continue;
        struct end end = {.status = news.value};
        while (write(status_pipe, &end, sizeof end) < 0 && errno == EINTR) {}
        _exit(0);
    }
}

static pid_t start(const struct spec *spec, size_t index, int gate) {
    pid_t started = fork();
    if (started < 0) fail("start", index == 0 ? "the program" : spec->beside[index - 1]);
    if (started > 0) return started;
    if (index == 0) run(spec, spec->args, gate);
    run_beside(spec, index - 1);
}

/* Pid 1, once namespaces and mounts are as they should be. */
static _Noreturn void settle(const struct spec *spec, int is_root, int status_pipe, int gate) {
    pid_t programs[1 + MAX_BESIDE];
    set_limits(spec, is_root);
    hand_out_listeners(spec);
    drop_privileges(spec, is_root);
    die_with_parent(status_pipe);
    tell("\"made\":true");
    close(CHANNEL);
    /* Nothing inside may trace this process, or read /proc/1, where its descriptors and its program file are to be had. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    /* A signal that comes before it can be handed on waits: to pid 1 without a handler it would be lost. */
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    if (copy.zygote >= 0) {
        ask_for_copy(spec, &copy);
    } else {
        for (size_t i = 0; i <= spec->beside_count; i++) programs[i] = start(spec, i, gate);
        below = programs[0];
    }
    forward_signals();
    struct sigaction kill_program = {.sa_handler = kill_below, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &kill_program, NULL);
    int nothing = open("/dev/null", O_RDWR);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) dup2(nothing, fd);
    if (copy.zygote >= 0) follow_copy(copy.zygote, status_pipe, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    reap(programs, 1 + spec->beside_count, status_pipe);
}

static _Noreturn void first_process(const struct spec *spec, int is_root, int status_pipe, int gate) {
    if (spec->attachable_count > 0) forget_outside();
    build_root(spec, spec->uid);
    if (sethostname(spec->hostname, strlen(spec->hostname)) != 0 || setdomainname("(none)", 6) != 0) fail("name", "the host");
    if (spec->link.peer == NULL) raise_loopback();
    settle(spec, is_root, status_pipe, gate);
}

/* The same in what bubblewrap made. */
static _Noreturn void inside_bubblewrap(struct spec *spec, int status_pipe, int gate) {
    int is_root = geteuid() == 0;
    read_spec(spec);
    environ = spec->variables;
    if (is_root && setdomainname("(none)", 6) != 0) fail("name", "the host");
    if (!is_root) close_projects();
    settle(spec, is_root, status_pipe, gate);
}

/* Ends as the program did. */
static _Noreturn void end_alike(int status) {
    if (!WIFSIGNALED(status)) _exit(WEXITSTATUS(status));
    signal(WTERMSIG(status), SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, WTERMSIG(status));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    struct rlimit core = {0, 0};
    setrlimit(RLIMIT_CORE, &core);
    kill(getpid(), WTERMSIG(status));
    _exit(128 + WTERMSIG(status));
}

static int program_status = -1; /* how the program ended; no status of the kernel's is below 0 */

/* Hears that a program has ended, and says so if there are several. 0 if nothing will be heard any more. */
static int hear(const struct spec *spec, int status_pipe) {
    struct end end;
    ssize_t got = read(status_pipe, &end, sizeof end);
    if (got < 0 && errno == EINTR) return 1;
    if (got != sizeof end) return 0;
    if (end.index == 0) program_status = end.status;
    if (spec->beside_count == 0) return 1;
    int is_killed = WIFSIGNALED(end.status);
    tell("\"ended\":%d,\"code\":%d,\"signal\":%d", end.index, is_killed ? 0 : WEXITSTATUS(end.status), is_killed ? WTERMSIG(end.status) : 0);
    return 1;
}

/* Reads an order and carries it out. 0 if no more will come. */
static int carry_out_order(const struct spec *spec, int gate) {
    static struct mount_spec mounts[MAX_MOUNTS];
    size_t count;
    enum order order = read_order(mounts, &count);
    if (order == ATTACH) {
        struct trouble trouble = attach(spec, mounts, count);
        answer(&trouble);
    }
    if (order == START && gate >= 0 && eventfd_write(gate, 1) != 0) fail("start", "the program");
    return order != NO_MORE_ORDERS;
}

/* Until the sandbox is over. */
static void serve(const struct spec *spec, int status_pipe, int gate) {
    struct pollfd news[] = {{.fd = status_pipe, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    for (;;) {
        int has_one = news[1].fd >= 0 && has_order();
        if (poll(news, 2, has_one ? 0 : -1) < 0) {
            if (errno == EINTR) continue;
            fail("wait for", "orders");
        }
        if (news[0].revents != 0 && !hear(spec, status_pipe)) return;
        if ((has_one || news[1].revents != 0) && !carry_out_order(spec, gate)) news[1].fd = -1;
    }
}

/* Makes the sandbox; answers its first process. */
static pid_t start_own(const struct spec *spec, int is_root, const int status_pipe[2], int gate) {
    below = fork();
    if (below < 0) fail("start", "the sandbox");
    if (below == 0) {
        close(status_pipe[0]);
        first_process(spec, is_root, status_pipe[1], gate);
    }
    forget_copies(spec, copies, &copy);
    if (spec->attachable_count > 0) go_outside();
    return below;
}

/* Has it made by bubblewrap, and answers that, which ends after the sandbox's first process. */
static pid_t start_wrapped(const struct spec *spec, int is_root, int status_pipe, int gate) {
    struct wrapped wrapped = start_bubblewrap(spec, is_root, status_pipe, gate);
    below = wrapped.first > 0 ? wrapped.first : wrapped.bubblewrap;
    return wrapped.bubblewrap;
}

int main(int argc, char **argv) {
    static struct spec spec;
    if (argc == 2 && strcmp(argv[1], "check") == 0) check_description(&spec);
    if (argc == 5 && strcmp(argv[1], "inside") == 0) {
        launcher = strtoul(argv[4], NULL, 10);
        inside_bubblewrap(&spec, atoi(argv[2]), atoi(argv[3]));
    }
    pid_t parent = argc == 2 && strcmp(argv[1], "fork-server") == 0 ? serve_forks() : getppid();
    int is_root = geteuid() == 0, status_pipe[2], gate = -1;
    /* A terminal's Ctrl+C is the server's to answer, and no terminal may be the function's. */
    setsid();
    /* Whoever starts the launcher without a channel must not have some other file taken for it. */
    if (fcntl(CHANNEL, F_GETFD) == -1 && dup2(open("/dev/null", O_RDWR), CHANNEL) < 0) fail("reserve", "the channel");
    read_spec(&spec);
    environ = spec.variables;
    for (size_t i = 0; i < spec.cgroup_count; i++) write_text(spec.cgroups[i], "0");
    prefer_to_end();
    if (is_root && launcher > 0) give_away_output(&spec);
    const struct link_spec *link = &spec.link;
    close_from((link->peer == NULL ? CHANNEL : link->users > 0 ? link->users : link->router) + 1); /* what the server may have left open */
    /* While this is in the host's network: the sandbox's would tell the socket's name to whoever asks. */
    copy = reach_zygote(&spec);
    if (spec.zygote != NULL) copies = listen_for_copies(spec.zygote);
    if (link->peer != NULL) {
        connect_network(link);
        close(link->router);
        if (link->users > 0) close(link->users);
    }
    if (pipe2(status_pipe, O_CLOEXEC) != 0) fail("make", "a pipe");
    if (spec.beside_count > 0 && (gate = eventfd(0, EFD_CLOEXEC)) < 0) fail("make", "a gate");
    errno = EINVAL;
    if (spec.bubblewrap != NULL && spec.attachable_count > 0) fail("attach mounts later", "bubblewrap can't");
    if (spec.bubblewrap != NULL && (spec.zygote != NULL || spec.copy_of != NULL)) fail("copy a zygote", "bubblewrap can't");
    if (spec.bubblewrap == NULL) leave_host(&spec, is_root);
    if (spec.attachable_count > 0) part_mounts();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent) fail("tie", "the launcher to the server");
    pid_t child = spec.bubblewrap == NULL ? start_own(&spec, is_root, status_pipe, gate) : start_wrapped(&spec, is_root, status_pipe[1], gate);
    forward_signals();
    struct sigaction kill_all = {.sa_handler = kill_below, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &kill_all, NULL);
    close(status_pipe[1]);
    int takes_orders = spec.attachable_count + spec.beside_count > 0;
    if (!takes_orders) {
        close(CHANNEL);
        close(STDIN_FILENO);
    }
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    if (takes_orders) serve(&spec, status_pipe[0], gate);
    int child_status;
    while (waitpid(child, &child_status, 0) < 0) {
        if (errno != EINTR) _exit(LAUNCHER_FAILED);
    }
    pid_t first = below;
    below = 0;
    if (first != child) await_orphan(first);
    while (hear(&spec, status_pipe[0])) {}
    if (program_status >= 0) end_alike(program_status);
    if (spec.bubblewrap != NULL && WIFEXITED(child_status)) {
        /* As a shell does, bubblewrap tells of a signal by its exit code. */
        int number = WEXITSTATUS(child_status) - 128;
        child_status = number > 0 && number < NSIG ? number : LAUNCHER_FAILED << 8;
    }
    end_alike(child_status);
}
