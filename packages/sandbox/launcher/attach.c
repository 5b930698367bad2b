/* Puts mounts into a sandbox that runs already.
 *
 * The sandbox has a mount namespace of its own (inside), made from the one where the launcher is and stays (outside). A mount is taken from outside as a
 * detached copy, restricted, carried along into the inside, and put on its target there. The program inside has no part in it and can't name the source.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "launcher.h"

/* Numbers that are the same on every architecture, and flags; not every libc has them. */
enum { NR_open_tree = 428, NR_move_mount = 429, NR_openat2 = 437 };
enum { TREE_CLONE = 1, FROM_EMPTY_PATH = 4, TO_EMPTY_PATH = 0x40, NO_SYMLINKS = 4, NO_MAGIC_LINKS = 2 };
struct how {
    uint64_t flags, mode, resolve;
};

static int outside, outside_root, inside;

/* Enters a new mount namespace, where the sandbox is then built, and remembers the way out and in. */
void part_mounts(void) {
    if (syscall(SYS_mount_setattr, -1, "", 0, NULL, 0) != 0 && errno == ENOSYS) fail("attach mounts later", "Linux 5.12 is needed");
    outside = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
    outside_root = open("/", O_PATH | O_CLOEXEC);
    if (outside < 0 || outside_root < 0) fail("remember", "the host's mounts");
    if (unshare(CLONE_NEWNS) != 0) fail("make", "a mount namespace");
    inside = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
    if (inside < 0) fail("remember", "the sandbox's mounts");
}

/* Entering a mount namespace moves to its topmost root, which need not be where the server is. */
void go_outside(void) {
    if (setns(outside, CLONE_NEWNS) != 0 || fchdir(outside_root) != 0 || chroot(".") != 0) fail("return to", "the host's mounts");
}

/* For the first process inside, which has no business out there. */
void forget_outside(void) {
    close(outside);
    close(outside_root);
    close(inside);
}

static int is_attachable(const struct spec *spec, const char *target) {
    for (size_t i = 0; i < spec->attachable_count; i++) {
        if (strcmp(spec->attachable[i], target) == 0) return 1;
    }
    return 0;
}

static int copy_tree(const struct mount_spec *mount) {
    int tree = (int)syscall(NR_open_tree, AT_FDCWD, mount->source, TREE_CLONE | O_CLOEXEC | RECURSIVE);
    /* Private: what the host mounts there later is none of the sandbox's business. */
    struct attributes attributes = {.set = ATTR_NOSUID | ATTR_NODEV | (mount->kind == MOUNT_RO ? ATTR_RDONLY : 0), .propagation = MS_PRIVATE};
    if (tree < 0 || syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | RECURSIVE, &attributes, sizeof attributes) == 0) return tree;
    int error = errno;
    close(tree);
    errno = error;
    return -1;
}

/* Targets lie on the sandbox's read-only root, where nobody can make links; none is followed all the same. */
static int put(const struct mount_spec *mount, int tree) {
    struct how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC, .resolve = NO_SYMLINKS | NO_MAGIC_LINKS};
    int target = (int)syscall(NR_openat2, AT_FDCWD, mount->target, &how, sizeof how);
    if (target < 0) return -1;
    int result;
    if (mount->kind == MOUNT_TMPFS) {
        result = fchdir(target);
        if (result == 0) result = mount_tmpfs(".", mount->size, mount->mode);
    } else {
        result = (int)syscall(NR_move_mount, tree, "", target, "", FROM_EMPTY_PATH | TO_EMPTY_PATH);
    }
    int error = errno;
    close(target);
    errno = error;
    return result;
}

/* Those before the one that fails stay. */
struct trouble attach(const struct spec *spec, const struct mount_spec *mounts, size_t count) {
    int trees[MAX_MOUNTS];
    size_t copied = 0;
    struct trouble trouble = {0};
    for (; copied < count && trouble.step == NULL; copied++) {
        trees[copied] = -1;
        if (!is_attachable(spec, mounts[copied].target)) trouble = (struct trouble){"attach to a folder that is not attachable", copied, EINVAL};
        else if (mounts[copied].kind != MOUNT_TMPFS && (trees[copied] = copy_tree(&mounts[copied])) < 0) trouble = (struct trouble){"find", copied, errno};
    }
    if (trouble.step == NULL) {
        if (setns(inside, CLONE_NEWNS) != 0) fail("enter", "the sandbox's mounts");
        for (size_t i = 0; i < count && trouble.step == NULL; i++) {
            if (put(&mounts[i], trees[i]) != 0) trouble = (struct trouble){"attach", i, errno};
        }
        go_outside();
    }
    for (size_t i = 0; i < copied; i++) {
        if (trees[i] >= 0) close(trees[i]);
    }
    return trouble;
}

void answer(const struct trouble *trouble) {
    if (trouble->step == NULL) tell("\"attached\":true");
    else tell("\"attached\":false,\"mount\":%zu,\"problem\":\"%s\",\"error\":\"%s\"", trouble->mount, trouble->step, strerror(trouble->error));
}
