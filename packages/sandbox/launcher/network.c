/* Loopback inside the sandbox, and listening sockets that are made inside but served by the parent: a socket belongs to the network namespace it was
 * made in, whoever accepts on it. They go over the channel that Node opens for its children, in Node's own form. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "launcher.h"

enum { BACKLOG = 1024 };

void raise_loopback(void) {
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) != 0) fail("raise", "the loopback interface");
    close(fd);
}

static int listen_on(unsigned port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) fail("make", "a listening socket");
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, BACKLOG) != 0) fail("listen on", "127.0.0.1");
    return fd;
}

static void send_handle(int channel, unsigned port, int fd) {
    char text[128];
    int size = snprintf(text, sizeof text, "{\"cmd\":\"NODE_HANDLE\",\"type\":\"net.Server\",\"msg\":{\"port\":%u}}\n", port);
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec part = {.iov_base = text, .iov_len = (size_t)size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    while (sendmsg(channel, &message, MSG_NOSIGNAL) != size) {
        if (errno != EINTR && errno != EAGAIN) fail("hand out", "a listening socket");
    }
}

char await_answer(int channel) {
    char first = '\n';
    for (char byte = 0; byte != '\n';) {
        ssize_t got = recv(channel, &byte, 1, 0);
        if (got == 0 || (got < 0 && errno != EINTR)) fail("hand over", "to the server (no answer)");
        if (got > 0 && first == '\n') first = byte;
    }
    return first;
}

void hand_out_listeners(const struct spec *spec, int channel) {
    for (size_t i = 0; i < spec->port_count; i++) {
        int fd = listen_on(spec->ports[i]);
        send_handle(channel, spec->ports[i], fd);
        /* The parent says that it has the socket; only then may the next one follow. */
        await_answer(channel);
        close(fd);
    }
}

/* The channel closes when the launcher fails, too: only this says that the sandbox is made. */
void announce(int channel) {
    static const char text[] = "{\"made\":true}\n";
    say(channel, text, sizeof text - 1);
}

void say(int channel, const char *text, size_t size) {
    while (write(channel, text, size) != (ssize_t)size) {
        if (errno != EINTR && errno != EAGAIN) fail("answer", "the server");
    }
}
