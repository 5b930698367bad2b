/* Reads NUL-ended words on standard input, each key followed by its values: first the sandbox's description, then orders, one after the other. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "launcher.h"

static char buffer[SPEC_BYTES];
static size_t length, position;
static size_t kept; /* the description, whose words stay in use */

static int read_more(void) {
    if (length == SPEC_BYTES) {
        errno = E2BIG;
        fail("read the description", "standard input");
    }
    for (;;) {
        ssize_t got = read(STDIN_FILENO, buffer + length, SPEC_BYTES - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read the description", "standard input");
        length += (size_t)got;
        return got > 0;
    }
}

static char *next_word(void) {
    char *end;
    while ((end = memchr(buffer + position, '\0', length - position)) == NULL) {
        if (read_more()) continue;
        if (position == length) return NULL;
        errno = EINVAL;
        fail("read the description", "it ends within a word");
    }
    char *word = buffer + position;
    position = (size_t)(end - buffer) + 1;
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

static char *absolute(const char *key) {
    char *path = value(key);
    size_t size = strlen(path);
    if (path[0] == '/' && strstr(path, "/../") == NULL && strcmp(path + size - (size < 3 ? size : 3), "/..") != 0) return path;
    errno = EINVAL;
    fail("a path of the description is not absolute", path);
}

static const char *digits(const char *key, const char *allowed) {
    const char *text = value(key);
    size_t size = strspn(text, allowed);
    if (size > 0 && size < 19 && text[size] == '\0') return text;
    errno = EINVAL;
    fail("a number was expected in the description", key);
}

static unsigned long number(const char *key) {
    return strtoul(digits(key, "0123456789"), NULL, 10);
}

static void room(size_t count, size_t limit, const char *key) {
    if (count < limit) return;
    errno = E2BIG;
    fail("the description holds too many", key);
}

static int read_mount(struct mount_spec *mounts, size_t *count, const char *key) {
    static const struct {
        const char *key;
        enum mount_kind kind;
    } kinds[] = {{"ro", MOUNT_RO}, {"rw", MOUNT_RW}, {"tmpfs", MOUNT_TMPFS}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(key, kinds[i].key) != 0) continue;
        room(*count, MAX_MOUNTS, key);
        struct mount_spec *mount = &mounts[(*count)++];
        *mount = (struct mount_spec){.kind = kinds[i].kind};
        if (mount->kind != MOUNT_TMPFS) mount->source = absolute(key);
        mount->target = absolute(key);
        if (mount->kind == MOUNT_TMPFS) {
            mount->size = digits(key, "0123456789");
            mount->mode = digits(key, "01234567");
        }
        return 1;
    }
    return 0;
}

static void read_link(struct link_spec *link, const char *key) {
    link->peer = value(key);
    link->mtu = (unsigned)number(key);
    link->router = (int)number(key);
    link->users = (int)number(key);
}

static void read_address(struct link_spec *link, const char *key) {
    room(link->address_count, MAX_ADDRESSES, key);
    link->addresses[link->address_count].inside = value(key);
    link->addresses[link->address_count++].gateway = value(key);
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
    } else if (strcmp(key, "processes") == 0) {
        spec->processes = number(key);
    } else if (strcmp(key, "attachable") == 0) {
        room(spec->attachable_count, MAX_ATTACHABLE, key);
        spec->attachable[spec->attachable_count++] = absolute(key);
    } else if (strcmp(key, "listen") == 0) {
        room(spec->port_count, MAX_PORTS, key);
        spec->ports[spec->port_count++] = (unsigned)number(key);
    } else if (strcmp(key, "link") == 0) {
        read_link(&spec->link, key);
    } else if (strcmp(key, "address") == 0) {
        read_address(&spec->link, key);
    } else if (strcmp(key, "resolver") == 0) {
        spec->resolver = value(key);
    } else if (strcmp(key, "bubblewrap") == 0) {
        spec->bubblewrap = absolute(key);
    } else if (strcmp(key, "variable") == 0) {
        room(spec->variable_count, MAX_VARIABLES, key);
        spec->variables[spec->variable_count++] = value(key);
    } else if (strcmp(key, "zygote") == 0) {
        spec->zygote = absolute(key);
    } else if (strcmp(key, "copy-of") == 0) {
        spec->copy_of = absolute(key);
    } else if (strcmp(key, "cgroup") == 0) {
        room(spec->cgroup_count, MAX_CGROUPS, key);
        spec->cgroups[spec->cgroup_count++] = absolute(key);
    } else if (strcmp(key, "arg") == 0) {
        room(spec->arg_count, MAX_ARGS, key);
        spec->args[spec->arg_count++] = value(key);
    } else if (strcmp(key, "beside") == 0) {
        room(spec->beside_count, MAX_BESIDE, key);
        spec->beside[spec->beside_count++] = absolute(key);
    } else if (strcmp(key, "hide") == 0) {
        room(spec->hidden_count, MAX_HIDDEN, key);
        spec->hidden[spec->hidden_count++] = value(key);
    } else if (!read_mount(spec->mounts, &spec->mount_count, key)) {
        errno = EINVAL;
        fail("the description has an unknown key", key);
    }
}

void read_spec(struct spec *spec) {
    for (char *key; (key = next_word()) != NULL && strcmp(key, "end") != 0;) read_entry(spec, key);
    kept = position;
    if (spec->copy_of != NULL && spec->beside_count + (spec->zygote != NULL) > 0) {
        errno = EINVAL;
        fail("the description asks for too much", "a copy is no zygote and runs alone");
    }
    if (spec->root != NULL && spec->cwd != NULL && spec->hostname != NULL && spec->uid != 0 && spec->arg_count > 0) return;
    errno = EINVAL;
    fail("the description is incomplete", "root, cwd, hostname, uid and arg are needed");
}

int copy_description(void) {
    int fd = memfd_create("description", 0);
    if (fd < 0 || write(fd, buffer, kept) != (ssize_t)kept || lseek(fd, 0, SEEK_SET) != 0) fail("copy", "the description");
    return fd;
}

int has_order(void) {
    return position < length;
}

enum order read_order(struct mount_spec *mounts, size_t *count) {
    memmove(buffer + kept, buffer + position, length - position);
    length -= position - kept;
    position = kept;
    *count = 0;
    for (char *key; (key = next_word()) != NULL;) {
        if (strcmp(key, "attach") == 0) return ATTACH;
        if (strcmp(key, "start") == 0 && *count == 0) return START;
        if (read_mount(mounts, count, key)) continue;
        errno = EINVAL;
        fail("an order has an unknown key", key);
    }
    return NO_MORE_ORDERS;
}

_Noreturn void check_description(struct spec *spec) {
    static struct mount_spec mounts[MAX_MOUNTS];
    size_t count;
    read_spec(spec);
    while (read_order(mounts, &count) != NO_MORE_ORDERS) {}
    _exit(0);
}
