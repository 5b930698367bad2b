/* `mayfly-launcher fork-server`: forks launchers, because the server is no process to fork: that takes the longer the more memory it holds, and stops it.
 *
 * Requests come by line on standard input: `launch ID`, `signal ID NUMBER`. A launcher is born with a socket for standard input and pipes for standard output
 * and error; a program can open pipes by name (`echo x > /dev/stderr`), which it can't sockets. The server is handed their other ends, then told the
 * launcher's process id, or that there is none; at last, after everything that the launcher said, how it ended. Nobody else knows when a process id is still
 * that of a launcher's, so signals go this way.
 *
 * It ends with the server, however that ends, and all launchers with it. It reads no description, and holds nothing of any launcher's. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

enum { STREAMS = 3, REQUEST_BYTES = 64 };

struct child {
    unsigned long launcher;
    pid_t pid;
};
static struct child *children;
static size_t child_count, child_room;

static int make_room(void) {
    if (child_count < child_room) return 0;
    struct child *more = reallocarray(children, child_room * 2 + 64, sizeof *children);
    if (more == NULL) return -1;
    children = more;
    child_room = child_room * 2 + 64;
    return 0;
}

/* The ends of its standard streams that are the launcher's; those that there are if not all can be made and handed over. */
static int make_streams(int streams[STREAMS]) {
    for (int i = 0; i < STREAMS; i++) streams[i] = -1;
    for (int i = 0; i < STREAMS; i++) {
        int ends[2]; /* to read from, to write to */
        if ((i == STDIN_FILENO ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : pipe(ends)) != 0) return -1;
        int servers = ends[i == STDIN_FILENO];
        streams[i] = ends[i != STDIN_FILENO];
        int error = fcntl(servers, F_SETFL, O_NONBLOCK) != 0 || hand_over(servers, "net.Socket", "stream", (unsigned)i) != 0 ? errno : 0;
        close(servers);
        errno = error;
        if (error != 0) return -1;
    }
    return 0;
}

static void become_launcher(const int streams[STREAMS], int deaths) {
    sigset_t none;
    close(deaths);
    for (int i = 0; i < STREAMS; i++) {
        if (dup2(streams[i], i) < 0) fail("open", "the launcher's streams");
        close(streams[i]);
    }
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) fail("tie", "the launcher to the server");
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* deaths: where the fork server hears of launchers' ends, which is none of a launcher's. 1 in the launcher. */
static int launch(unsigned long id, int deaths) {
    int streams[STREAMS];
    launcher = id;
    pid_t pid = make_streams(streams) == 0 && make_room() == 0 ? fork() : -1;
    if (pid == 0) {
        become_launcher(streams, deaths);
        return 1;
    }
    if (pid < 0) {
        tell("\"failed\":\"%s\"", strerror(errno));
    } else {
        children[child_count++] = (struct child){.launcher = id, .pid = pid};
        tell("\"pid\":%d", pid);
    }
    for (int i = 0; i < STREAMS; i++) {
        if (streams[i] >= 0) close(streams[i]);
    }
    return 0;
}

static void signal_launcher(unsigned long id, int number) {
    for (size_t i = 0; i < child_count; i++) {
        if (children[i].launcher == id) kill(children[i].pid, number);
    }
}

/* 1 in a launcher. */
static int obey(const char *request, int deaths) {
    unsigned long id;
    int number;
    if (sscanf(request, "launch %lu", &id) == 1) return launch(id, deaths);
    errno = EINVAL;
    if (sscanf(request, "signal %lu %d", &id, &number) != 2) fail("understand", request);
    signal_launcher(id, number);
    return 0;
}

/* Carries out what has come. 1 in a launcher. */
static int take_requests(int deaths) {
    static char bytes[4096];
    static size_t length;
    ssize_t got = read(STDIN_FILENO, bytes + length, sizeof bytes - length);
    if (got < 0 && errno == EINTR) return 0;
    if (got <= 0) _exit(0); /* the server has ended */
    length += (size_t)got;
    char *request = bytes;
    for (char *end; (end = memchr(request, '\n', length - (size_t)(request - bytes))) != NULL; request = end + 1) {
        *end = '\0';
        if (obey(request, deaths)) return 1;
    }
    length -= (size_t)(request - bytes);
    errno = E2BIG;
    if (length > REQUEST_BYTES) fail("read", "a request");
    memmove(bytes, request, length);
    return 0;
}

static void reap_launchers(int deaths) {
    struct signalfd_siginfo information;
    int status;
    while (read(deaths, &information, sizeof information) > 0) {}
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        size_t i = 0;
        while (i < child_count && children[i].pid != pid) i++;
        if (i == child_count) continue;
        launcher = children[i].launcher;
        children[i] = children[--child_count];
        int is_killed = WIFSIGNALED(status);
        tell("\"exited\":true,\"code\":%d,\"signal\":%d", is_killed ? 0 : WEXITSTATUS(status), is_killed ? WTERMSIG(status) : 0);
    }
}

/* Node answers each descriptor; nobody waits for that. */
static void forget_answers(void) {
    char answers[4096];
    ssize_t got = recv(CHANNEL, answers, sizeof answers, MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) _exit(0);
}

pid_t serve_forks(void) {
    sigset_t all, child;
    pid_t self = getpid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) fail("tie", "the fork server to the server");
    /* Whoever asks all of a service's processes to end asks the server, which has launchers to end in their own time. */
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    setsid();
    int deaths = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (deaths < 0) fail("hear of", "launchers' ends");
    struct pollfd news[] = {{.fd = deaths, .events = POLLIN}, {.fd = CHANNEL, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    for (;;) {
        if (poll(news, sizeof news / sizeof *news, -1) < 0) {
            if (errno == EINTR) continue;
            fail("wait for", "requests");
        }
        if (news[0].revents != 0) reap_launchers(deaths);
        if (news[1].revents != 0) forget_answers();
        if (news[2].revents != 0 && take_requests(deaths)) return self;
    }
}
