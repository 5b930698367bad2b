/* Programs that are copies of one that has been started and has loaded much already: the zygote, which listens on a Unix socket of the host's.
 *
 * The zygote runs in a sandbox of its own, without a pid namespace, with the few capabilities that it takes to enter others and to become their users. The
 * launcher of a sandbox that is to have a copy builds everything as ever; then the sandbox's first process, instead of starting the program, sends the zygote
 * its namespaces, control groups and outputs, and the program's limits, words and environment. The zygote forks, and the child enters and gives everything up
 * before it runs anything of the function's (mayfly_enter, in a library that the zygote loads; built without a libc of its own, it uses the program's).
 * The zygote tells the first process of the copy's start and of its end.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "launcher.h"

enum { BACKLOG = 1024, MOST_BYTES = 192 * 1024 };

/* In the order in which they are sent; the first is entered by the zygote itself, for its children. */
static const char *const namespaces[] = {"/proc/self/ns/pid", "/proc/self/ns/mnt", "/proc/self/ns/ipc", "/proc/self/ns/uts", "/proc/self/ns/net", "/proc/self/ns/cgroup"};
enum { NAMESPACES = sizeof namespaces / sizeof *namespaces, OUTPUTS = 2, MOST_FILES = OUTPUTS + NAMESPACES + MAX_CGROUPS };

extern char **environ;

static struct sockaddr_un address_of(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    errno = ENAMETOOLONG;
    if (strlen(path) >= sizeof address.sun_path) fail("name the zygote's socket", path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    return address;
}

int listen_for_copies(const char *path) {
    struct sockaddr_un address = address_of(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, BACKLOG) != 0) fail("listen on", path);
    return fd;
}

/* While the host's files are still in sight. */
struct copy reach_zygote(const struct spec *spec) {
    struct copy copy = {.zygote = -1};
    if (spec->copy_of == NULL) return copy;
    struct sockaddr_un address = address_of(spec->copy_of);
    copy.zygote = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (copy.zygote < 0 || connect(copy.zygote, (struct sockaddr *)&address, sizeof address) != 0) fail("reach the zygote", spec->copy_of);
    for (size_t i = 0; i < spec->cgroup_count; i++) {
        copy.cgroups[i] = open(spec->cgroups[i], O_WRONLY | O_CLOEXEC);
        if (copy.cgroups[i] < 0) fail("open", spec->cgroups[i]);
    }
    return copy;
}

/* For the launcher itself, which has no more use for them. */
void forget_copies(const struct spec *spec, int copies, const struct copy *copy) {
    if (copies >= 0) close(copies);
    if (copy->zygote < 0) return;
    close(copy->zygote);
    for (size_t i = 0; i < spec->cgroup_count; i++) close(copy->cgroups[i]);
}

struct text {
    char bytes[MOST_BYTES];
    size_t size;
};

static void add(struct text *text, const char *word) {
    size_t size = strlen(word) + 1;
    errno = E2BIG;
    if (text->size + size > MOST_BYTES) fail("ask for", "a copy of the zygote");
    memcpy(text->bytes + text->size, word, size);
    text->size += size;
}

static void add_number(struct text *text, unsigned long number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%lu", number);
    add(text, digits);
}

/* The size of what follows in four bytes; NUL-ended words: uid, open files, processes, folder, how many arguments, these, then variables. */
static void write_request(struct text *text, const struct spec *spec) {
    text->size = sizeof(uint32_t);
    add_number(text, spec->uid);
    add_number(text, spec->open_files);
    add_number(text, spec->processes);
    add(text, spec->cwd);
    add_number(text, spec->arg_count);
    for (size_t i = 0; i < spec->arg_count; i++) add(text, spec->args[i]);
    for (char **variable = environ; *variable != NULL; variable++) add(text, *variable);
    uint32_t size = (uint32_t)(text->size - sizeof size);
    memcpy(text->bytes, &size, sizeof size);
}

/* Called by the sandbox's first process, which is all that there is inside. */
void ask_for_copy(const struct spec *spec, const struct copy *copy) {
    static struct text text;
    write_request(&text, spec);
    int files[MOST_FILES] = {STDOUT_FILENO, STDERR_FILENO};
    size_t count = OUTPUTS;
    for (size_t i = 0; i < NAMESPACES; i++, count++) {
        files[count] = open(namespaces[i], O_RDONLY | O_CLOEXEC);
        if (files[count] < 0) fail("open", namespaces[i]);
    }
    for (size_t i = 0; i < spec->cgroup_count; i++) files[count++] = copy->cgroups[i];
    union {
        char bytes[CMSG_SPACE(sizeof files)];
        struct cmsghdr align;
    } control = {0};
    /* One byte with the files, for the zygote; the rest is for its child alone. What the zygote itself had read, every later copy would have in its memory. */
    struct iovec part = {.iov_base = "", .iov_len = 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = CMSG_SPACE(count * sizeof *files)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(count * sizeof *files), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(header), files, count * sizeof *files);
    while (sendmsg(copy->zygote, &message, MSG_NOSIGNAL) != 1) {
        if (errno != EINTR) fail("ask for", "a copy of the zygote");
    }
    for (size_t at = 0; at < text.size;) {
        ssize_t sent = send(copy->zygote, text.bytes + at, text.size - at, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) fail("ask for", "a copy of the zygote");
        at += (size_t)sent;
    }
    for (size_t i = OUTPUTS; i < count; i++) close(files[i]);
}

/* Where children of the zygote are born from now on. */
__attribute__((visibility("default"))) int mayfly_bear_in(int pid_namespace) {
    return setns(pid_namespace, CLONE_NEWPID) == 0 ? 0 : errno;
}

/* In the zygote's child: becomes the program of the sandbox whose files these are, as they were sent. Returns within, or not at all. */
__attribute__((visibility("default"))) void mayfly_enter(int connection, const int *files, size_t count, unsigned uid, unsigned long open_files,
                                                         unsigned long processes, const char *cwd) {
    struct spec spec = {.uid = uid, .open_files = open_files, .processes = processes};
    struct copy_news started = {.kind = COPY_STARTED};
    for (int i = 0; i < OUTPUTS; i++) {
        if (dup2(files[i], STDOUT_FILENO + i) < 0) fail("enter", "the sandbox");
    }
    for (size_t i = OUTPUTS + NAMESPACES; i < count; i++) {
        if (write(files[i], "0", 1) != 1) fail("join", "a control group");
    }
    for (size_t i = OUTPUTS + 1; i < OUTPUTS + NAMESPACES; i++) {
        if (setns(files[i], 0) != 0) fail("enter", namespaces[i - OUTPUTS]);
    }
    prefer_to_end();
    setsid();
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0) fail("open", "/dev/null");
    started.value = getpid();
    if (write(connection, &started, sizeof started) != sizeof started) fail("tell", "of the start");
    close_from(STDERR_FILENO + 1);
    if (chdir(cwd) != 0) fail("enter", cwd);
    set_limits(&spec, 1);
    drop_privileges(&spec, 1);
    /* Nobody else's memory is in it: it may look at itself as any program may. */
    if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) fail("open", "the program to itself");
    install_filter(0);
}
