/* The sandbox's way out: a pair of virtual interfaces, one end inside as eth0, the other in the server's router (src/network), a network namespace whose
 * rules the sandbox can't reach. Both ends are made, addressed and raised here, before anything of the sandbox's runs. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "launcher.h"

enum { MESSAGE_ROOM = 1024, INSIDE_INDEX = 2, ADDRESS_BYTES = 16 };

static const char inside_name[] = "eth0";

struct message {
    union {
        struct nlmsghdr header;
        char bytes[MESSAGE_ROOM];
    };
};

static void *extend(struct message *message, size_t size) {
    size_t start = NLMSG_ALIGN(message->header.nlmsg_len);
    errno = ENOBUFS;
    if (start + NLMSG_ALIGN(size) > MESSAGE_ROOM) fail("build", "a message to the kernel");
    message->header.nlmsg_len = (unsigned)(start + size);
    return message->bytes + start;
}

static void *begin(struct message *message, unsigned short type, unsigned short flags, size_t size) {
    memset(message, 0, sizeof *message);
    message->header = (struct nlmsghdr){.nlmsg_len = NLMSG_HDRLEN, .nlmsg_type = type, .nlmsg_flags = (unsigned short)(NLM_F_REQUEST | NLM_F_ACK | flags)};
    return extend(message, size);
}

static struct rtattr *add(struct message *message, unsigned short type, const void *data, size_t size) {
    struct rtattr *attribute = extend(message, RTA_LENGTH(size));
    attribute->rta_type = type;
    attribute->rta_len = (unsigned short)RTA_LENGTH(size);
    if (size > 0) memcpy(RTA_DATA(attribute), data, size);
    return attribute;
}

/* What was added since the attribute was lies in it. */
static void close_nest(struct message *message, struct rtattr *nest) {
    nest->rta_len = (unsigned short)(message->bytes + message->header.nlmsg_len - (char *)nest);
}

static void ask(int kernel, struct message *message, const char *step, const char *what) {
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
        char rest[MESSAGE_ROOM];
    } answer;
    if (send(kernel, message, message->header.nlmsg_len, 0) < 0) fail(step, what);
    ssize_t size;
    do size = recv(kernel, &answer, sizeof answer, 0);
    while (size < 0 && errno == EINTR);
    if (size >= 0 && (size < (ssize_t)NLMSG_LENGTH(sizeof answer.error) || answer.header.nlmsg_type != NLMSG_ERROR)) errno = EPROTO;
    else if (size >= 0) errno = -answer.error.error;
    if (errno != 0) fail(step, what);
}

/* A socket that speaks to the kernel about the network namespace that it is made in. */
static int open_kernel(void) {
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0) fail("open", "a socket to the kernel");
    return fd;
}

static void make_pair(int inside, const struct link_spec *link) {
    struct message message;
    struct ifinfomsg *own = begin(&message, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, sizeof *own);
    own->ifi_index = INSIDE_INDEX;
    add(&message, IFLA_IFNAME, inside_name, sizeof inside_name);
    add(&message, IFLA_MTU, &link->mtu, sizeof link->mtu);
    struct rtattr *info = add(&message, IFLA_LINKINFO, NULL, 0);
    add(&message, IFLA_INFO_KIND, "veth", sizeof "veth" - 1);
    struct rtattr *data = add(&message, IFLA_INFO_DATA, NULL, 0);
    struct rtattr *peer = add(&message, VETH_INFO_PEER, NULL, 0);
    extend(&message, sizeof(struct ifinfomsg));
    add(&message, IFLA_IFNAME, link->peer, strlen(link->peer) + 1);
    add(&message, IFLA_MTU, &link->mtu, sizeof link->mtu);
    add(&message, IFLA_NET_NS_FD, &link->router, sizeof link->router);
    close_nest(&message, peer);
    close_nest(&message, data);
    close_nest(&message, info);
    ask(inside, &message, "make", "the network interface");
}

static void raise_interface(int kernel, int index) {
    struct message message;
    struct ifinfomsg *interface = begin(&message, RTM_NEWLINK, 0, sizeof *interface);
    interface->ifi_index = index;
    interface->ifi_flags = interface->ifi_change = IFF_UP;
    ask(kernel, &message, "raise", "a network interface");
}

struct parsed {
    unsigned char family;
    unsigned char size;
    char bytes[ADDRESS_BYTES];
};

static struct parsed parse(const char *text) {
    struct parsed address = {.family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET};
    address.size = address.family == AF_INET6 ? 16 : 4;
    errno = EINVAL;
    if (inet_pton(address.family, text, address.bytes) != 1) fail("an address was expected in the description", text);
    return address;
}

static void give_address(int kernel, int index, const char *text) {
    struct parsed address = parse(text);
    struct message message;
    struct ifaddrmsg *header = begin(&message, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, sizeof *header);
    *header = (struct ifaddrmsg){.ifa_family = address.family, .ifa_prefixlen = address.size * 8, .ifa_flags = IFA_F_NODAD, .ifa_index = (unsigned)index};
    add(&message, IFA_LOCAL, address.bytes, address.size);
    add(&message, IFA_ADDRESS, address.bytes, address.size);
    ask(kernel, &message, "give the address", text);
}

static void add_route(int kernel, int index, struct rtmsg route, unsigned short kind, const char *text) {
    struct parsed address = parse(text);
    struct message message;
    struct rtmsg *header = begin(&message, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, sizeof *header);
    route.rtm_family = address.family;
    route.rtm_dst_len = kind == RTA_DST ? address.size * 8 : 0;
    route.rtm_table = RT_TABLE_MAIN;
    route.rtm_protocol = RTPROT_STATIC;
    route.rtm_type = RTN_UNICAST;
    *header = route;
    add(&message, kind, address.bytes, address.size);
    add(&message, RTA_OIF, &index, sizeof index);
    ask(kernel, &message, "make a route to", text);
}

/* Each link is between two addresses alone: no sandbox shares one with another. */
static void route_to(int kernel, int index, const char *address) {
    add_route(kernel, index, (struct rtmsg){.rtm_scope = RT_SCOPE_LINK}, RTA_DST, address);
}

static void route_everything_to(int kernel, int index, const char *gateway) {
    add_route(kernel, index, (struct rtmsg){.rtm_scope = RT_SCOPE_UNIVERSE, .rtm_flags = RTNH_F_ONLINK}, RTA_GATEWAY, gateway);
}

static int index_in(int kernel, const char *name) {
    struct ifreq request = {0};
    strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
    if (ioctl(kernel, SIOCGIFINDEX, &request) != 0) fail("find the network interface", name);
    return request.ifr_ifindex;
}

/* An ordinary user may do this in a user namespace only: the router's, which then owns the sandbox's network too. The sandbox's own user namespace is made
 * inside it and has no say over either. */
void connect_network(const struct link_spec *link) {
    if (link->users != 0 && setns(link->users, CLONE_NEWUSER) != 0) fail("enter", "the router's user namespace");
    if (setns(link->router, CLONE_NEWNET) != 0) fail("enter", "the router");
    int outside = open_kernel();
    if (unshare(CLONE_NEWNET) != 0) fail("make", "a network namespace");
    int inside = open_kernel();
    raise_loopback();
    make_pair(inside, link);
    int peer = index_in(outside, link->peer);
    raise_interface(outside, peer);
    raise_interface(inside, INSIDE_INDEX);
    for (size_t i = 0; i < link->address_count; i++) {
        give_address(outside, peer, link->addresses[i].gateway);
        route_to(outside, peer, link->addresses[i].inside);
        give_address(inside, INSIDE_INDEX, link->addresses[i].inside);
        route_everything_to(inside, INSIDE_INDEX, link->addresses[i].gateway);
    }
    close(outside);
    close(inside);
}
