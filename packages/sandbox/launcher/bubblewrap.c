/* The second way to a sandbox, where only bubblewrap is let make namespaces (Ubuntu's AppArmor), or where it was asked for.
 *
 * bubblewrap makes the namespaces and mounts that launcher.c and root.c make otherwise, and starts the launcher again as pid 1 inside, which does all that
 * bubblewrap does not: limits, listening sockets, privileges, the filter, reaping. It reads the same description, by its standard input. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

enum { MAX_WORDS = 1024, NUMBER_ROOM = 24 };

static char *words[MAX_WORDS + 1];
static size_t word_count;

static void word(const char *text) {
    errno = E2BIG;
    if (word_count == MAX_WORDS || (words[word_count++] = strdup(text)) == NULL) fail("tell bubblewrap", text);
}

static void say_pair(const char *option, const char *value) {
    word(option);
    word(value);
}

static void say_mount(const char *option, const char *source, const char *target) {
    say_pair(option, source);
    word(target);
}

static void say_number(const char *option, unsigned long number) {
    char text[NUMBER_ROOM];
    snprintf(text, sizeof text, "%lu", number);
    say_pair(option, text);
}

/* Folders above a target that bubblewrap makes itself are closed to all but their owner. */
static void say_parents(const char *target) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", target);
    for (char *slash = path; (slash = strchr(slash + 1, '/')) != NULL; *slash = '/') {
        *slash = '\0';
        say_pair("--perms", "0755");
        say_pair("--dir", path);
    }
}

static void say_tmpfs(const char *target, const char *size, const char *mode) {
    say_pair("--perms", mode);
    say_pair("--size", size);
    say_pair("--tmpfs", target);
}

static void say_bind(const char *option, const char *source, const char *target) {
    struct stat status;
    if (stat(source, &status) != 0) fail("find", source);
    say_mount(option, source, target);
}

static void say_system_folder(const char *path) {
    struct stat status;
    char target[PATH_MAX];
    if (lstat(path, &status) != 0) return;
    ssize_t size = S_ISLNK(status.st_mode) ? readlink(path, target, sizeof target - 1) : 0;
    if (size < 0) fail("read link", path);
    target[size] = '\0';
    if (size > 0) say_mount("--symlink", target, path);
    else say_mount("--ro-bind", path, path);
}

/* A file that bubblewrap writes into the sandbox's root. */
static void say_file(const char *target, const char *text) {
    int fd = memfd_create("file", 0);
    size_t size = strlen(text);
    if (fd < 0 || write(fd, text, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET) != 0) fail("make file", target);
    say_pair("--perms", "0644");
    say_number("--file", (unsigned long)fd);
    word(target);
}

static void say_dev(void) {
    say_tmpfs("/dev", DEV_BYTES, "0755");
    for (const char *const *device = devices; *device != NULL; device++) say_mount("--dev-bind", *device, *device);
    for (size_t i = 0; dev_links[i][0] != NULL; i++) say_mount("--symlink", dev_links[i][0], dev_links[i][1]);
    say_tmpfs("/dev/shm", SHM_BYTES, "1777");
    say_pair("--remount-ro", "/dev");
}

static void say_root(const struct spec *spec) {
    say_parents("/etc/");
    for (const char *const *folder = system_folders; *folder != NULL; folder++) say_system_folder(*folder);
    for (const char *const *setting = system_settings; *setting != NULL; setting++) {
        if (access(*setting, R_OK) == 0) say_mount("--ro-bind", *setting, *setting);
    }
    write_settings(spec, spec->uid, say_file);
    say_pair("--proc", "/proc");
    for (const char *const *path = hidden_in_proc; *path != NULL; path++) {
        if (access(*path, F_OK) == 0) say_mount("--ro-bind", "/dev/null", *path);
    }
    say_dev();
    for (size_t i = 0; i < spec->mount_count; i++) {
        const struct mount_spec *mount = &spec->mounts[i];
        say_parents(mount->target);
        if (mount->kind == MOUNT_TMPFS) say_tmpfs(mount->target, mount->size, mount->mode);
        else say_bind(mount->kind == MOUNT_RO ? "--ro-bind" : "--bind", mount->source, mount->target);
    }
    say_pair("--remount-ro", "/");
}

static void say_namespaces(const struct spec *spec, int is_root) {
    static const char *const always[] = {"--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--die-with-parent", "--as-pid-1"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) word(always[i]);
    say_pair("--hostname", spec->hostname);
    if (spec->link.peer == NULL) word("--unshare-net");
    if (is_root) return;
    word("--unshare-user");
    say_number("--uid", spec->uid);
    say_number("--gid", spec->uid);
    /* The launcher inside drops this one, too, once it has emptied the bounding set by it. */
    say_pair("--cap-drop", "ALL");
    say_pair("--cap-add", "CAP_SETPCAP");
}

/* Its environment is empty: the program's variables, which may mean something to the linker, are for inside. */
static _Noreturn void become_bubblewrap(const struct spec *spec, int is_root, int information, int status_pipe, int gate) {
    static char *nothing[] = {NULL};
    int description = copy_description(), program = open("/proc/self/exe", O_RDONLY);
    if (program < 0 || dup2(description, STDIN_FILENO) < 0 || fcntl(status_pipe, F_SETFD, 0) != 0 || (gate >= 0 && fcntl(gate, F_SETFD, 0) != 0)) {
        fail("hand on", "the description");
    }
    close(description);
    word("bwrap");
    say_namespaces(spec, is_root);
    say_number("--info-fd", (unsigned long)information);
    say_root(spec);
    say_pair("--chdir", "/");
    word("--");
    char path[NUMBER_ROOM + sizeof "/proc/self/fd/"];
    snprintf(path, sizeof path, "/proc/self/fd/%d", program);
    say_pair(path, "inside");
    snprintf(path, sizeof path, "%d", status_pipe);
    word(path);
    snprintf(path, sizeof path, "%d", gate);
    word(path);
    snprintf(path, sizeof path, "%lu", launcher);
    word(path);
    execve(spec->bubblewrap, words, nothing);
    fail("run", spec->bubblewrap);
}

/* What bubblewrap says of the sandbox: JSON with the id of its first process. -1 if it says nothing more. */
static pid_t read_first_process(int information) {
    static const char key[] = "\"child-pid\":";
    char text[1024];
    size_t length = 0;
    for (ssize_t got; length + 1 < sizeof text; length += (size_t)got) {
        got = read(information, text + length, sizeof text - 1 - length);
        if (got < 0 && errno == EINTR) got = 0;
        else if (got <= 0) return -1;
        text[length + (size_t)got] = '\0';
        char *found = strstr(text, key);
        if (found != NULL && strchr(found, '}') != NULL) return (pid_t)strtol(found + sizeof key - 1, NULL, 10);
    }
    return -1;
}

struct wrapped start_bubblewrap(const struct spec *spec, int is_root, int status_pipe, int gate) {
    int information[2];
    pid_t launcher = getpid();
    /* Whatever becomes of bubblewrap: the sandbox's first process is then this one's child, and its end can be waited for. */
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0 || pipe(information) != 0) fail("prepare", "bubblewrap");
    struct wrapped started = {.bubblewrap = fork()};
    if (started.bubblewrap < 0) fail("start", "bubblewrap");
    if (started.bubblewrap == 0) {
        close(information[0]);
        if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != launcher) fail("tie", "bubblewrap to the launcher");
        become_bubblewrap(spec, is_root, information[1], status_pipe, gate);
    }
    close(information[1]);
    started.first = read_first_process(information[0]);
    close(information[0]);
    return started;
}

/* bubblewrap ends after the first process, unless it was killed. */
void await_orphan(pid_t first) {
    int status;
    if (first <= 0 || waitpid(first, &status, WNOHANG) != 0) return;
    kill(first, SIGKILL);
    while (waitpid(first, &status, 0) < 0 && errno == EINTR) {}
}
