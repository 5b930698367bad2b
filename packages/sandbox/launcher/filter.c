/* The system calls that code in a sandbox may make: those of Docker's default profile (github.com/moby/profiles) that an unprivileged program needs, less
 * what reaches beyond the sandbox, or into parts of the kernel that a function has no use for. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "launcher.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "no filter for this architecture"
#endif

/* Numbers that one of the libcs may lack; from 424 on they are the same on every architecture. */
enum {
    NR_pidfd_send_signal = 424, NR_io_uring_setup = 425, NR_io_uring_enter = 426, NR_io_uring_register = 427, NR_open_tree = 428, NR_move_mount = 429,
    NR_fsopen = 430, NR_fsconfig = 431, NR_fsmount = 432, NR_fspick = 433, NR_pidfd_open = 434, NR_close_range = 436, NR_openat2 = 437,
    NR_pidfd_getfd = 438, NR_faccessat2 = 439, NR_process_madvise = 440, NR_epoll_pwait2 = 441, NR_mount_setattr = 442, NR_quotactl_fd = 443,
    NR_landlock_create_ruleset = 444, NR_landlock_add_rule = 445, NR_landlock_restrict_self = 446, NR_futex_waitv = 449, NR_cachestat = 451,
    NR_fchmodat2 = 452, NR_mseal = 462, NR_open_tree_attr = 467, NUMBERS = 512
};

static const uint16_t allowed[] = {
    /* files */
    SYS_chdir, SYS_close, SYS_copy_file_range, SYS_dup, SYS_dup3, SYS_faccessat, SYS_fadvise64, SYS_fallocate, SYS_fchdir, SYS_fchmod, SYS_fchmodat,
    SYS_fchown, SYS_fchownat, SYS_fcntl, SYS_fdatasync, SYS_fgetxattr, SYS_flistxattr, SYS_flock, SYS_fremovexattr, SYS_fsetxattr, SYS_fstat, SYS_fstatfs,
    SYS_fsync, SYS_ftruncate, SYS_getcwd, SYS_getdents64, SYS_getxattr, SYS_inotify_add_watch, SYS_inotify_init1, SYS_inotify_rm_watch, SYS_lgetxattr,
    SYS_linkat, SYS_listxattr, SYS_llistxattr, SYS_lremovexattr, SYS_lseek, SYS_lsetxattr, SYS_mkdirat, SYS_mknodat, SYS_newfstatat, SYS_openat, SYS_pipe2,
    SYS_pread64, SYS_preadv, SYS_preadv2, SYS_pwrite64, SYS_pwritev, SYS_pwritev2, SYS_read, SYS_readahead, SYS_readlinkat, SYS_readv, SYS_removexattr,
    SYS_renameat, SYS_renameat2, SYS_sendfile, SYS_setxattr, SYS_splice, SYS_statfs, SYS_statx, SYS_symlinkat, SYS_sync_file_range, SYS_tee, SYS_truncate,
    SYS_umask, SYS_unlinkat, SYS_utimensat, SYS_vmsplice, SYS_write, SYS_writev, NR_cachestat, NR_close_range, NR_faccessat2, NR_fchmodat2, NR_openat2,
    /* memory */
    SYS_brk, SYS_madvise, SYS_membarrier, SYS_memfd_create, SYS_mincore, SYS_mlock, SYS_mlock2, SYS_mlockall, SYS_mmap, SYS_mprotect, SYS_mremap, SYS_msync,
    SYS_munlock, SYS_munlockall, SYS_munmap, SYS_pkey_alloc, SYS_pkey_free, SYS_pkey_mprotect, NR_mseal,
    /* processes and threads */
    SYS_capget, SYS_capset, SYS_execve, SYS_execveat, SYS_exit, SYS_exit_group, SYS_futex, SYS_get_robust_list, SYS_getcpu, SYS_getegid, SYS_geteuid,
    SYS_getgid, SYS_getgroups, SYS_getpgid, SYS_getpid, SYS_getppid, SYS_getpriority, SYS_getresgid, SYS_getresuid, SYS_getrlimit, SYS_getrusage, SYS_getsid,
    SYS_gettid, SYS_getuid, SYS_ioprio_get, SYS_ioprio_set, SYS_kill, SYS_prctl, SYS_restart_syscall, SYS_rseq, SYS_rt_sigaction, SYS_rt_sigpending,
    SYS_rt_sigprocmask, SYS_rt_sigqueueinfo, SYS_rt_sigreturn, SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_rt_tgsigqueueinfo, SYS_sched_get_priority_max,
    SYS_sched_get_priority_min, SYS_sched_getaffinity, SYS_sched_getattr, SYS_sched_getparam, SYS_sched_getscheduler, SYS_sched_rr_get_interval,
    SYS_sched_setaffinity, SYS_sched_setattr, SYS_sched_setparam, SYS_sched_setscheduler, SYS_sched_yield, SYS_seccomp, SYS_set_robust_list,
    SYS_set_tid_address, SYS_setfsgid, SYS_setfsuid, SYS_setgid, SYS_setgroups, SYS_setpgid, SYS_setpriority, SYS_setregid, SYS_setresgid, SYS_setresuid,
    SYS_setreuid, SYS_setsid, SYS_setuid, SYS_sigaltstack, SYS_sysinfo, SYS_tgkill, SYS_times, SYS_tkill, SYS_uname, SYS_wait4, SYS_waitid, NR_futex_waitv,
    NR_landlock_add_rule, NR_landlock_create_ruleset, NR_landlock_restrict_self, NR_pidfd_open, NR_pidfd_send_signal,
    /* waiting, clocks and chance */
    SYS_clock_getres, SYS_clock_gettime, SYS_clock_nanosleep, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2, SYS_getitimer, SYS_getrandom,
    SYS_gettimeofday, SYS_nanosleep, SYS_ppoll, SYS_pselect6, SYS_setitimer, SYS_signalfd4, SYS_timer_create, SYS_timer_delete, SYS_timer_getoverrun,
    SYS_timer_gettime, SYS_timer_settime, SYS_timerfd_create, SYS_timerfd_gettime, SYS_timerfd_settime, NR_epoll_pwait2,
    /* sockets, and what processes of the sandbox share */
    SYS_accept, SYS_accept4, SYS_bind, SYS_connect, SYS_getpeername, SYS_getsockname, SYS_getsockopt, SYS_listen, SYS_mq_getsetattr, SYS_mq_notify,
    SYS_mq_open, SYS_mq_timedreceive, SYS_mq_timedsend, SYS_mq_unlink, SYS_msgctl, SYS_msgget, SYS_msgrcv, SYS_msgsnd, SYS_recvfrom, SYS_recvmmsg,
    SYS_recvmsg, SYS_semctl, SYS_semget, SYS_semop, SYS_semtimedop, SYS_sendmmsg, SYS_sendmsg, SYS_sendto, SYS_setsockopt, SYS_shmat, SYS_shmctl, SYS_shmdt,
    SYS_shmget, SYS_shutdown,
#if defined(__x86_64__)
    SYS_access, SYS_alarm, SYS_arch_prctl, SYS_chmod, SYS_chown, SYS_creat, SYS_dup2, SYS_epoll_create, SYS_epoll_wait, SYS_eventfd, SYS_fork, SYS_futimesat,
    SYS_getdents, SYS_getpgrp, SYS_inotify_init, SYS_lchown, SYS_link, SYS_lstat, SYS_mkdir, SYS_mknod, SYS_open, SYS_pause, SYS_pipe, SYS_poll, SYS_readlink,
    SYS_rename, SYS_rmdir, SYS_select, SYS_signalfd, SYS_stat, SYS_symlink, SYS_time, SYS_unlink, SYS_utime, SYS_utimes, SYS_vfork,
#endif
};

/* These say no as they would to any ordinary user. All others, among them those that are newer than this table, say that they do not exist: libraries then
 * do without. clone3 must be among these: its flags lie in memory, where a filter can't look. */
static const uint16_t refused[] = {
    SYS_acct, SYS_add_key, SYS_adjtimex, SYS_bpf, SYS_chroot, SYS_clock_adjtime, SYS_clock_settime, SYS_delete_module, SYS_fanotify_init, SYS_finit_module,
    SYS_init_module, SYS_kcmp, SYS_kexec_file_load, SYS_kexec_load, SYS_keyctl, SYS_mbind, SYS_migrate_pages, SYS_mount, SYS_move_pages,
    SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_perf_event_open, SYS_personality, SYS_pivot_root, SYS_process_vm_readv, SYS_process_vm_writev,
    SYS_ptrace, SYS_quotactl, SYS_reboot, SYS_request_key, SYS_set_mempolicy, SYS_setdomainname, SYS_sethostname, SYS_setns, SYS_settimeofday, SYS_swapoff,
    SYS_swapon, SYS_syslog, SYS_umount2, SYS_unshare, SYS_userfaultfd, SYS_vhangup, NR_fsconfig, NR_fsmount, NR_fsopen, NR_fspick, NR_io_uring_enter,
    NR_io_uring_register, NR_io_uring_setup, NR_mount_setattr, NR_move_mount, NR_open_tree, NR_open_tree_attr, NR_pidfd_getfd, NR_process_madvise,
    NR_quotactl_fd,
#if defined(__x86_64__)
    SYS_ioperm, SYS_iopl, SYS_modify_ldt,
#endif
};

/* These do nothing and say that it went well: all that a sandbox can write is in memory, and the host's disks are not its to exercise. */
static const uint16_t idle[] = {SYS_sync, SYS_syncfs};

enum { NEW_NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET };
enum { TIOCSTI_REQUEST = 0x5412, TIOCLINUX_REQUEST = 0x541C };
enum { SET_LEASE = 1024, NOTIFY = 1026 };

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define ARGUMENT(n) LOAD(offsetof(struct seccomp_data, args[n])) /* its lower half: both architectures are little-endian */
#define UPPER_HALF(n) LOAD(offsetof(struct seccomp_data, args[n]) + 4)
#define JUMP(test, value, if_true, if_false) BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), (if_true), (if_false))
#define REFUSE(number) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (number))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* Calls whose arguments decide. */
static const struct sock_filter clone_check[] = {ARGUMENT(0), JUMP(BPF_JSET, NEW_NAMESPACES, 0, 1), REFUSE(EPERM), ALLOW};
/* Nobody else's keyboard: https://man7.org/linux/man-pages/man2/TIOCSTI.2const.html */
static const struct sock_filter ioctl_check[] = {
    ARGUMENT(1), JUMP(BPF_JEQ, TIOCSTI_REQUEST, 1, 0), JUMP(BPF_JEQ, TIOCLINUX_REQUEST, 0, 1), REFUSE(EPERM), ALLOW,
};
/* IPv4, IPv6, Unix; of netlink what getaddrinfo asks for addresses. No packets, no vsock, no kernel crypto, no firewall, no device events. */
static const struct sock_filter socket_check[] = {
    ARGUMENT(0), JUMP(BPF_JEQ, AF_INET, 6, 0), JUMP(BPF_JEQ, AF_INET6, 5, 0), JUMP(BPF_JEQ, AF_UNIX, 4, 0), JUMP(BPF_JEQ, AF_NETLINK, 0, 2),
    ARGUMENT(2), JUMP(BPF_JEQ, NETLINK_ROUTE, 1, 0), REFUSE(EAFNOSUPPORT), ALLOW,
};
static const struct sock_filter socketpair_check[] = {ARGUMENT(0), JUMP(BPF_JEQ, AF_UNIX, 1, 0), REFUSE(EAFNOSUPPORT), ALLOW};
/* The limit that keeps the host from dumping its core (launcher.c) must stay as it is. */
static const struct sock_filter setrlimit_check[] = {ARGUMENT(0), JUMP(BPF_JEQ, RLIMIT_CORE, 0, 1), REFUSE(EPERM), ALLOW};
static const struct sock_filter prlimit_check[] = {
    ARGUMENT(1), JUMP(BPF_JEQ, RLIMIT_CORE, 0, 5), ARGUMENT(2), JUMP(BPF_JEQ, 0, 0, 2), UPPER_HALF(2), JUMP(BPF_JEQ, 0, 1, 0), REFUSE(EPERM), ALLOW,
};
/* A lease on a file that others share would hold up whoever opens it: https://man7.org/linux/man-pages/man2/F_GETLEASE.2const.html */
static const struct sock_filter fcntl_check[] = {
    ARGUMENT(1), JUMP(BPF_JEQ, SET_LEASE, 1, 0), JUMP(BPF_JEQ, NOTIFY, 0, 1), REFUSE(EACCES), ALLOW,
};
static const struct {
    uint16_t number;
    uint16_t size;
    const struct sock_filter *code;
} checks[] = {
#define CHECK(number, code) {number, sizeof code / sizeof *code, code}
    CHECK(SYS_clone, clone_check),           CHECK(SYS_ioctl, ioctl_check),         CHECK(SYS_socket, socket_check),
    CHECK(SYS_socketpair, socketpair_check), CHECK(SYS_setrlimit, setrlimit_check), CHECK(SYS_prlimit64, prlimit_check),
    CHECK(SYS_fcntl, fcntl_check),
};

/* What is done with each number: one of these, or CHECKED and the check's place. */
enum { MISSING, REFUSED, ALLOWED, IDLE, CHECKED };
static const uint32_t plain[] = {[MISSING] = SECCOMP_RET_ERRNO | ENOSYS, [REFUSED] = SECCOMP_RET_ERRNO | EPERM, [ALLOWED] = SECCOMP_RET_ALLOW, [IDLE] = SECCOMP_RET_ERRNO};
static uint8_t actions[NUMBERS];

static struct sock_filter program[4 * NUMBERS];
static unsigned short size;

static void add(struct sock_filter instruction) {
    program[size++] = instruction;
}

static void fill(const uint16_t *numbers, size_t count, uint8_t action) {
    for (size_t i = 0; i < count; i++) actions[numbers[i]] = action;
}

/* Halves the numbers from `first` to before `end` until one action is right for all that are left. The kernel walks this tree once for each number, when the
 * filter is installed, and never again for those that are always allowed. */
static void add_tree(unsigned first, unsigned end) {
    unsigned same = first;
    while (same < end && actions[same] == actions[first]) same++;
    if (same == end && actions[first] < CHECKED) {
        add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, plain[actions[first]]));
    } else if (same == end) {
        size_t check = actions[first] - CHECKED;
        for (size_t i = 0; i < checks[check].size; i++) add(checks[check].code[i]);
    } else {
        unsigned middle = (first + end) / 2;
        add((struct sock_filter)JUMP(BPF_JGE, middle, 0, 1));
        unsigned short jump = size;
        add((struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 0));
        add_tree(first, middle);
        program[jump].k = size - jump - 1u;
        add_tree(middle, end);
    }
}

void install_filter(int may_enter_namespaces) {
    fill(allowed, sizeof allowed / sizeof *allowed, ALLOWED);
    fill(refused, sizeof refused / sizeof *refused, REFUSED);
    fill(idle, sizeof idle / sizeof *idle, IDLE);
    if (may_enter_namespaces) actions[SYS_setns] = ALLOWED;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) actions[checks[i].number] = (uint8_t)(CHECKED + i);
    add((struct sock_filter)LOAD(offsetof(struct seccomp_data, arch)));
    add((struct sock_filter)JUMP(BPF_JEQ, ARCHITECTURE, 1, 0));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    add((struct sock_filter)LOAD(offsetof(struct seccomp_data, nr)));
    add((struct sock_filter)JUMP(BPF_JGE, NUMBERS, 0, 1)); /* among them x32's */
    add((struct sock_filter)REFUSE(ENOSYS));
    add_tree(0, NUMBERS);
    struct sock_fprog filter = {.len = size, .filter = program};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0) fail("install", "the system call filter");
}
