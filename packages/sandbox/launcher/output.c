/* The program's standard output and error. Node gives its children sockets, which have no name that can be opened: `echo x > /dev/stderr` fails. So these are
 * replaced by pipes, whose other ends the server opens by /proc while the launcher waits for it; if the server can't, the sockets stay. */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

#include "launcher.h"

void exchange_output(int channel, const struct spec *spec, int is_root) {
    int output[2], error[2];
    char text[64];
    if (pipe(output) != 0 || pipe(error) != 0) fail("make", "pipes for output");
    int size = snprintf(text, sizeof text, "{\"pipes\":[%d,%d]}\n", output[0], error[0]);
    say(channel, text, (size_t)size);
    if (await_answer(channel) == 't') {
        /* Who opens them by name must own them. */
        if (is_root && (fchown(output[1], spec->uid, spec->uid) != 0 || fchown(error[1], spec->uid, spec->uid) != 0)) fail("give away", "the pipes for output");
        if (dup2(output[1], STDOUT_FILENO) < 0 || dup2(error[1], STDERR_FILENO) < 0) fail("put", "the pipes for output");
    }
    const int ends[] = {output[0], output[1], error[0], error[1]};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) close(ends[i]);
}
