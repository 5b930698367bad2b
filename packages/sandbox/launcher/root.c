/* Puts the sandbox's file system together and moves into it. Runs inside the new mount namespace. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "launcher.h"

enum { BYTES_A_FILE = 16384, LEAST_FILES = 1024 };

const char *const system_folders[] = {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", NULL};
const char *const system_settings[] = {"/etc/ssl",         "/etc/pki",          "/etc/ca-certificates", "/etc/ld.so.cache",
                                       "/etc/ld.so.conf",  "/etc/ld.so.conf.d", "/etc/alternatives",    "/etc/localtime",
                                       "/etc/mime.types",  "/etc/protocols",    "/etc/services",        NULL};
/* What tells of the kernel's insides or of the host's other users, beyond what /proc tells of the machine. /sys is not there at all. */
const char *const hidden_in_proc[] = {"/proc/kcore",       "/proc/keys",          "/proc/key-users", "/proc/timer_list",   "/proc/timer_stats",
                                      "/proc/sched_debug", "/proc/sysrq-trigger", "/proc/kallsyms",  "/proc/latency_stats", "/proc/kmsg",
                                      "/proc/interrupts",  "/proc/pagetypeinfo",  "/proc/modules",   "/proc/locks",         NULL};
const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", NULL};
const char *const dev_links[][2] = {{"/proc/self/fd", "/dev/fd"}, {"fd/0", "/dev/stdin"}, {"fd/1", "/dev/stdout"}, {"fd/2", "/dev/stderr"}, {NULL, NULL}};

static const char *root;

static void inside(char *path, const char *target) {
    if (snprintf(path, PATH_MAX, "%s%s", root, target) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        fail("name a path", target);
    }
}

/* Makes the folders above `path`, and `path` itself if it is to be a folder. What is there stays. */
static void make_folders(char *path, int with_last) {
    for (char *slash = path + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(path, 0755) != 0 && errno != EEXIST) fail("make folder", path);
        *slash = '/';
    }
    if (with_last && mkdir(path, 0755) != 0 && errno != EEXIST) fail("make folder", path);
}

static void write_file(const char *target, const char *text) {
    char path[PATH_MAX];
    inside(path, target);
    make_folders(path, 0);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) fail("make file", path);
    size_t size = strlen(text);
    if (write(fd, text, size) != (ssize_t)size) fail("write file", path);
    close(fd);
}

static void restrict_mount(const char *path, unsigned long long set) {
    struct attributes attributes = {.set = set};
    if (syscall(SYS_mount_setattr, AT_FDCWD, path, RECURSIVE, &attributes, sizeof attributes) == 0) return;
    if (errno != ENOSYS) fail("restrict mount", path);
    unsigned long flags = MS_REMOUNT | MS_BIND | MS_NOSUID | (set & ATTR_RDONLY ? MS_RDONLY : 0) | (set & ATTR_NODEV ? MS_NODEV : 0);
    if (mount(NULL, path, NULL, flags, NULL) != 0) fail("restrict mount", path);
}

static void bind_mount(const char *source, const char *target, unsigned long long set) {
    char path[PATH_MAX];
    struct stat status;
    if (stat(source, &status) != 0) fail("find", source);
    inside(path, target);
    make_folders(path, S_ISDIR(status.st_mode));
    if (!S_ISDIR(status.st_mode)) {
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0) fail("make file", path);
        close(fd);
    }
    if (mount(source, path, NULL, MS_BIND | MS_REC, NULL) != 0) fail("bind", source);
    restrict_mount(path, set);
}

/* Each file costs the kernel about a kilobyte, even an empty one: as many as a disk of that size would have with ext4. */
int mount_tmpfs(const char *path, const char *size, const char *mode) {
    char options[128];
    unsigned long long files = strtoull(size, NULL, 10) / BYTES_A_FILE;
    snprintf(options, sizeof options, "size=%s,mode=%s,nr_inodes=%llu", size, mode, files < LEAST_FILES ? LEAST_FILES : files);
    return mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options);
}

static void tmpfs_mount(const char *target, const char *size, const char *mode) {
    char path[PATH_MAX];
    inside(path, target);
    make_folders(path, 1);
    if (mount_tmpfs(path, size, mode) != 0) fail("mount tmpfs", target);
}

/* /usr and its kin: a link stays a link, a folder is bound read-only, what the machine lacks is left out. */
static void bind_system(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) return;
    if (!S_ISLNK(status.st_mode)) {
        bind_mount(path, path, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV);
        return;
    }
    char target[PATH_MAX], link[PATH_MAX];
    ssize_t size = readlink(path, target, sizeof target - 1);
    if (size < 0) fail("read link", path);
    target[size] = '\0';
    inside(link, path);
    if (symlink(target, link) != 0) fail("make link", link);
}

void write_settings(const struct spec *spec, unsigned uid, void (*write)(const char *target, const char *text)) {
    char text[256];
    snprintf(text, sizeof text, "root:x:0:0:root:/:/sbin/nologin\nsbx_user1051:x:%u:%u::/tmp:/sbin/nologin\n", uid, uid);
    write("/etc/passwd", text);
    snprintf(text, sizeof text, "root:x:0:\nsbx_user1051:x:%u:\n", uid);
    write("/etc/group", text);
    write("/etc/hosts", "127.0.0.1 localhost sandbox.localdomain\n");
    write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    text[0] = '\0';
    if (spec->resolver != NULL) snprintf(text, sizeof text, "nameserver %s\n", spec->resolver);
    write("/etc/resolv.conf", text);
}

static void build_system(const struct spec *spec, unsigned uid) {
    for (const char *const *folder = system_folders; *folder != NULL; folder++) bind_system(*folder);
    for (const char *const *setting = system_settings; *setting != NULL; setting++) {
        if (access(*setting, R_OK) == 0) bind_mount(*setting, *setting, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV);
    }
    write_settings(spec, uid, write_file);
}

static void build_proc(void) {
    static const char *const unwritable[] = {"/proc/sys", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/acpi", "/proc/scsi", "/proc/asound"};
    char path[PATH_MAX];
    inside(path, "/proc");
    make_folders(path, 1);
    if (mount("proc", path, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0) fail("mount", "/proc");
    for (const char *const *hidden = hidden_in_proc; *hidden != NULL; hidden++) {
        inside(path, *hidden);
        if (access(path, F_OK) != 0) continue;
        if (mount("/dev/null", path, NULL, MS_BIND, NULL) != 0) fail("hide", *hidden);
        restrict_mount(path, ATTR_RDONLY | ATTR_NOSUID | ATTR_NOEXEC);
    }
    for (size_t i = 0; i < sizeof unwritable / sizeof *unwritable; i++) {
        inside(path, unwritable[i]);
        if (access(path, F_OK) != 0) continue;
        if (mount(path, path, NULL, MS_BIND | MS_REC, NULL) != 0) fail("bind", unwritable[i]);
        restrict_mount(path, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV | ATTR_NOEXEC);
    }
}

static void build_dev(void) {
    char path[PATH_MAX];
    tmpfs_mount("/dev", DEV_BYTES, "0755");
    for (const char *const *device = devices; *device != NULL; device++) bind_mount(*device, *device, ATTR_NOSUID | ATTR_NOEXEC);
    for (size_t i = 0; dev_links[i][0] != NULL; i++) {
        inside(path, dev_links[i][1]);
        if (symlink(dev_links[i][0], path) != 0) fail("make link", dev_links[i][1]);
    }
    tmpfs_mount("/dev/shm", SHM_BYTES, "1777");
    inside(path, "/dev");
    if (mount(NULL, path, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID, NULL) != 0) fail("close", "/dev");
}

void build_root(const struct spec *spec, unsigned uid_inside) {
    root = spec->root;
    /* Neither do these mounts show on the host, nor will the host's later ones show here. */
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) fail("make mounts private", "/");
    if (mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1048576,mode=0755") != 0) fail("mount tmpfs", root);
    build_system(spec, uid_inside);
    build_proc();
    build_dev();
    for (size_t i = 0; i < spec->mount_count; i++) {
        const struct mount_spec *mount = &spec->mounts[i];
        if (mount->kind == MOUNT_TMPFS) tmpfs_mount(mount->target, mount->size, mount->mode);
        else bind_mount(mount->source, mount->target, ATTR_NOSUID | ATTR_NODEV | (mount->kind == MOUNT_RO ? ATTR_RDONLY : 0));
    }
    for (size_t i = 0; i < spec->attachable_count; i++) {
        char path[PATH_MAX];
        inside(path, spec->attachable[i]);
        make_folders(path, 1);
    }
    if (chdir(root) != 0) fail("enter", root);
    if (syscall(SYS_pivot_root, ".", ".") != 0) fail("pivot_root", root);
    if (umount2(".", MNT_DETACH) != 0) fail("leave", "the old root");
    if (chdir("/") != 0) fail("enter", "/");
    if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) != 0) fail("close", "/");
}
