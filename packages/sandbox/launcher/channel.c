/* What the server is told: lines of JSON over the channel that Node opens for its children, in Node's own form where a descriptor goes with one. The fork
 * server and all launchers write to the same; each line says whose it is. It is sent whole or not at all, for the kernel takes what is so short as one buffer,
 * and Node reads no further than to the first descriptor. So lines of several processes need no lock, and no answer. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "launcher.h"

enum { LINE_BYTES = 512, PAUSE_MS = 1 };

unsigned long launcher;

/* fd: -1 if none goes with the line. */
static int send_line(const char *text, size_t size, int fd) {
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec part = {.iov_base = (char *)text, .iov_len = size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    while (sendmsg(CHANNEL, &message, MSG_NOSIGNAL) < 0) {
        /* The fork server would take all launchers with it if it failed when the kernel is short of memory for a moment. */
        if (errno == ENOBUFS || errno == ENOMEM) poll(NULL, 0, PAUSE_MS);
        else if (errno != EINTR) return -1;
    }
    return 0;
}

void tell(const char *format, ...) {
    char said[LINE_BYTES / 2], text[LINE_BYTES];
    va_list values;
    if (launcher == 0) return;
    va_start(values, format);
    vsnprintf(said, sizeof said, format, values);
    va_end(values);
    int size = snprintf(text, sizeof text, "{\"launcher\":%lu,%s}\n", launcher, said);
    if (send_line(text, (size_t)size, -1) != 0) fail("tell", "the server");
}

int hand_over(int fd, const char *type, const char *name, unsigned number) {
    char text[LINE_BYTES];
    int size = snprintf(text, sizeof text, "{\"cmd\":\"NODE_HANDLE\",\"type\":\"%s\",\"msg\":{\"launcher\":%lu,\"%s\":%u}}\n", type, launcher, name, number);
    return send_line(text, (size_t)size, fd);
}
