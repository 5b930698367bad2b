/* The system calls that code in a sandbox may not make. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

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
    NR_open_tree = 428, NR_move_mount = 429, NR_fsopen = 430, NR_fsconfig = 431, NR_fsmount = 432, NR_fspick = 433, NR_clone3 = 435,
    NR_pidfd_getfd = 438, NR_process_madvise = 440, NR_mount_setattr = 442, NR_quotactl_fd = 443, NR_io_uring_setup = 425,
    NR_io_uring_enter = 426, NR_io_uring_register = 427, NR_open_tree_attr = 467
};

static const uint32_t refused[] = {
    SYS_acct, SYS_add_key, SYS_bpf, SYS_chroot, SYS_clock_adjtime, SYS_clock_settime, SYS_delete_module, SYS_fanotify_init, SYS_finit_module,
    SYS_init_module, SYS_kcmp, SYS_kexec_file_load, SYS_kexec_load, SYS_keyctl, SYS_lookup_dcookie, SYS_mbind, SYS_migrate_pages, SYS_mount,
    SYS_move_pages, SYS_name_to_handle_at, SYS_nfsservctl, SYS_open_by_handle_at, SYS_perf_event_open, SYS_personality, SYS_pivot_root,
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_ptrace, SYS_quotactl, SYS_reboot, SYS_request_key, SYS_set_mempolicy, SYS_setdomainname,
    SYS_sethostname, SYS_setns, SYS_settimeofday, SYS_swapoff, SYS_swapon, SYS_syslog, SYS_adjtimex, SYS_umount2, SYS_unshare, SYS_userfaultfd,
    SYS_vhangup, NR_open_tree, NR_move_mount, NR_fsopen, NR_fsconfig, NR_fsmount, NR_fspick, NR_pidfd_getfd, NR_process_madvise, NR_mount_setattr,
    NR_quotactl_fd, NR_io_uring_setup, NR_io_uring_enter, NR_io_uring_register, NR_open_tree_attr,
#if defined(__x86_64__)
    SYS_ioperm, SYS_iopl, SYS_modify_ldt, SYS_uselib, SYS_ustat, SYS_sysfs, SYS__sysctl, SYS_create_module, SYS_get_kernel_syms, SYS_query_module,
#endif
};

enum { NEW_NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET };
enum { TIOCSTI_REQUEST = 0x5412, TIOCLINUX_REQUEST = 0x541C, X32_BIT = 0x40000000 };

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define ARGUMENT(n) LOAD(offsetof(struct seccomp_data, args[n]))
#define REFUSE(number) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (number))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* Goes on with the next instruction if equal, else skips `skip` of them. */
#define IF_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))

enum { REFUSED = sizeof refused / sizeof *refused, MAX_INSTRUCTIONS = 2 * REFUSED + 32 };

static struct sock_filter program[MAX_INSTRUCTIONS];
static unsigned short size;

static void add(struct sock_filter instruction) {
    errno = E2BIG;
    if (size == MAX_INSTRUCTIONS) fail("build", "the system call filter");
    program[size++] = instruction;
}

static void add_head(void) {
    add((struct sock_filter)LOAD(offsetof(struct seccomp_data, arch)));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    add((struct sock_filter)LOAD(offsetof(struct seccomp_data, nr)));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1));
    add((struct sock_filter)REFUSE(EPERM));
    /* Its flags lie in memory, where a filter can't look: libraries fall back to clone. */
    add((struct sock_filter)IF_EQUAL(NR_clone3, 1));
    add((struct sock_filter)REFUSE(ENOSYS));
}

static void add_argument_checks(void) {
    add((struct sock_filter)IF_EQUAL(SYS_clone, 4));
    add((struct sock_filter)ARGUMENT(0));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)NEW_NAMESPACES, 0, 1));
    add((struct sock_filter)REFUSE(EPERM));
    add((struct sock_filter)ALLOW);
    add((struct sock_filter)IF_EQUAL(SYS_ioctl, 5));
    add((struct sock_filter)ARGUMENT(1));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI_REQUEST, 1, 0));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCLINUX_REQUEST, 0, 1));
    add((struct sock_filter)REFUSE(EPERM));
    add((struct sock_filter)ALLOW);
    /* IPv4, IPv6, Unix and netlink (getaddrinfo asks it for addresses); no packets, no vsock, no kernel crypto. */
    add((struct sock_filter)IF_EQUAL(SYS_socket, 7));
    add((struct sock_filter)ARGUMENT(0));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 4, 0));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 3, 0));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 2, 0));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 1, 0));
    add((struct sock_filter)REFUSE(EAFNOSUPPORT));
    add((struct sock_filter)ALLOW);
}

void install_filter(void) {
    add_head();
    for (size_t i = 0; i < REFUSED; i++) {
        add((struct sock_filter)IF_EQUAL(refused[i], 1));
        add((struct sock_filter)REFUSE(EPERM));
    }
    add_argument_checks();
    add((struct sock_filter)ALLOW);
    struct sock_fprog filter = {.len = size, .filter = program};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0) fail("install", "the system call filter");
}
