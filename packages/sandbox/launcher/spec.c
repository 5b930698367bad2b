/* Reads the sandbox's description: NUL-ended words on standard input, each key followed by its values. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launcher.h"

static char buffer[SPEC_BYTES + 1];
static size_t length, position;

static char *next_word(void) {
    if (position >= length) return NULL;
    char *word = buffer + position;
    position += strlen(word) + 1;
    return word;
}

static char *value(const char *key) {
    char *word = next_word();
    if (word == NULL) {
        errno = EINVAL;
        fail("a value is missing in the description", key);
    }
    return word;
}

static const char *absolute(const char *key) {
    const char *path = value(key);
    if (path[0] != '/' || strstr(path, "/../") != NULL) {
        errno = EINVAL;
        fail("a path of the description is not absolute", path);
    }
    return path;
}

static unsigned long number(const char *key) {
    const char *text = value(key);
    char *end;
    errno = 0;
    unsigned long result = strtoul(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') {
        errno = EINVAL;
        fail("a number was expected in the description", key);
    }
    return result;
}

static void room(size_t count, size_t limit, const char *key) {
    if (count < limit) return;
    errno = E2BIG;
    fail("the description holds too many", key);
}

static void read_mount(struct spec *spec, enum mount_kind kind, const char *key) {
    room(spec->mount_count, MAX_MOUNTS, key);
    struct mount_spec *mount = &spec->mounts[spec->mount_count++];
    mount->kind = kind;
    if (kind != MOUNT_TMPFS) mount->source = absolute(key);
    mount->target = absolute(key);
    if (kind == MOUNT_TMPFS) {
        mount->size = value(key);
        mount->mode = value(key);
    }
}

static void read_entry(struct spec *spec, const char *key) {
    if (strcmp(key, "root") == 0) {
        spec->root = absolute(key);
    } else if (strcmp(key, "cwd") == 0) {
        spec->cwd = absolute(key);
    } else if (strcmp(key, "hostname") == 0) {
        spec->hostname = value(key);
    } else if (strcmp(key, "uid") == 0) {
        spec->uid = (unsigned)number(key);
    } else if (strcmp(key, "open-files") == 0) {
        spec->open_files = number(key);
    } else if (strcmp(key, "ro") == 0) {
        read_mount(spec, MOUNT_RO, key);
    } else if (strcmp(key, "rw") == 0) {
        read_mount(spec, MOUNT_RW, key);
    } else if (strcmp(key, "tmpfs") == 0) {
        read_mount(spec, MOUNT_TMPFS, key);
    } else if (strcmp(key, "listen") == 0) {
        room(spec->port_count, MAX_PORTS, key);
        spec->ports[spec->port_count++] = (unsigned)number(key);
    } else if (strcmp(key, "cgroup") == 0) {
        room(spec->cgroup_count, MAX_CGROUPS, key);
        spec->cgroups[spec->cgroup_count++] = absolute(key);
    } else if (strcmp(key, "arg") == 0) {
        room(spec->arg_count, MAX_ARGS, key);
        spec->args[spec->arg_count++] = value(key);
    } else {
        errno = EINVAL;
        fail("the description has an unknown key", key);
    }
}

void read_spec(struct spec *spec) {
    for (;;) {
        ssize_t got = read(STDIN_FILENO, buffer + length, SPEC_BYTES - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read the description", "standard input");
        if (got == 0) break;
        length += (size_t)got;
        if (length == SPEC_BYTES) {
            errno = E2BIG;
            fail("read the description", "standard input");
        }
    }
    for (char *key; (key = next_word()) != NULL;) read_entry(spec, key);
    if (spec->root != NULL && spec->cwd != NULL && spec->hostname != NULL && spec->uid != 0 && spec->arg_count > 0) return;
    errno = EINVAL;
    fail("the description is incomplete", "root, cwd, hostname, uid and arg are needed");
}
