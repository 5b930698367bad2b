/* Loopback inside the sandbox, and listening sockets that are made inside but served by the parent: a socket belongs to the network namespace it was
 * made in, whoever accepts on it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
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

void hand_out_listeners(const struct spec *spec) {
    for (size_t i = 0; i < spec->port_count; i++) {
        int fd = listen_on(spec->ports[i]);
        if (hand_over(fd, "net.Server", "port", spec->ports[i]) != 0) fail("hand out", "a listening socket");
        close(fd);
    }
}
