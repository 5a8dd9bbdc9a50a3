/*
 * What the system can do: two processes and bytes between them, nothing else.
 *
 *   bare round-trip MILLIS               microseconds for a small message there and back over two pipes
 *   bare small-writes MILLIS             millions of small messages a second over a pipe, each with a write of its own
 *   bare pieces TRANSPORT SIZE MILLIS    megabytes a second in pieces of SIZE bytes; TRANSPORT is pipe, large-pipe, unix or tcp
 *
 * Prints the figure.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* As long as a small value is with its frame around it. */
enum { SMALL = 15, BUFFER = 1 << 16, LARGE_PIPE = 1 << 20 };

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static char *buffer_of(size_t size) {
    char *buffer = malloc(size);
    if (!buffer) fail("malloc");
    memset(buffer, 7, size);
    return buffer;
}

/* Whether all of it came; 0 at the end of the stream. */
static int read_all(int fd, char *buffer, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t got = read(fd, buffer + done, size - done);
        if (got < 0) fail("read");
        if (got == 0) return 0;
        done += got;
    }
    return 1;
}

static void write_all(int fd, const char *buffer, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t put = write(fd, buffer + done, size - done);
        if (put < 0) fail("write");
        done += put;
    }
}

static void make_pipe(int ends[2]) {
    if (pipe(ends) < 0) fail("pipe");
}

static void make_tcp(int ends[2]) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    ends[1] = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    if (listener < 0 || ends[1] < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 1) < 0
        || getsockname(listener, (struct sockaddr *)&address, &length) < 0
        || connect(ends[1], (struct sockaddr *)&address, length) < 0 || (ends[0] = accept(listener, NULL, NULL)) < 0
        || setsockopt(ends[1], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0)
        fail("tcp");
    close(listener);
}

/* ends[0] is to read from, ends[1] to write to. */
static void make(const char *transport, int ends[2]) {
    if (strcmp(transport, "tcp") == 0) {
        make_tcp(ends);
    } else if (strcmp(transport, "unix") == 0) {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) fail("socketpair");
    } else {
        make_pipe(ends);
#ifdef F_SETPIPE_SZ
        if (strcmp(transport, "large-pipe") == 0 && fcntl(ends[1], F_SETPIPE_SZ, LARGE_PIPE) < 0) fail("F_SETPIPE_SZ");
#endif
    }
}

static void round_trip(double seconds) {
    int there[2], back[2];
    make_pipe(there);
    make_pipe(back);
    char *message = buffer_of(SMALL);
    if (fork() == 0) {
        close(there[1]);
        while (read_all(there[0], message, SMALL)) write_all(back[1], message, SMALL);
        _exit(0);
    }
    close(there[0]);
    double start = now(), time = 0;
    long count = 0;
    while (time < seconds) {
        for (int i = 0; i < 16; i++, count++) {
            write_all(there[1], message, SMALL);
            if (!read_all(back[0], message, SMALL)) fail("the other process");
        }
        time = now() - start;
    }
    printf("%g\n", time / count * 1e6);
}

/* The reader's side of one way: reads as it likes until the end, then answers. */
static void drain(int in, int answer, size_t size) {
    char *buffer = buffer_of(size);
    while (read_all(in, buffer, size)) continue;
    write_all(answer, buffer, 1);
    _exit(0);
}

static void drain_small(int in, int answer) {
    char *buffer = buffer_of(BUFFER);
    while (read(in, buffer, BUFFER) > 0) continue;
    write_all(answer, buffer, 1);
    _exit(0);
}

/* Bytes a second; a write for each piece, and as many pieces between two looks at the clock as are small against it. */
static double one_way(const char *transport, size_t size, int small, double seconds) {
    int data[2], answer[2];
    make(transport, data);
    make_pipe(answer);
    if (fork() == 0) {
        close(data[1]);
        if (small) drain_small(data[0], answer[1]);
        drain(data[0], answer[1], size);
    }
    close(data[0]);
    close(answer[1]);
    char *piece = buffer_of(size);
    int together = size < BUFFER ? 64 : 1;
    double start = now(), count = 0;
    while (now() - start < seconds) {
        for (int i = 0; i < together; i++, count++) write_all(data[1], piece, size);
    }
    close(data[1]);
    if (!read_all(answer[0], piece, 1)) fail("the other process");
    return count * size / (now() - start);
}

int main(int count, char **words) {
    double seconds = count > 2 ? atof(words[count - 1]) / 1e3 : 0;
    if (count == 3 && strcmp(words[1], "round-trip") == 0) {
        round_trip(seconds);
    } else if (count == 3 && strcmp(words[1], "small-writes") == 0) {
        printf("%g\n", one_way("pipe", SMALL, 1, seconds) / SMALL / 1e6);
    } else if (count == 5 && strcmp(words[1], "pieces") == 0) {
        printf("%g\n", one_way(words[2], atol(words[3]), 0, seconds) / 1e6);
    } else {
        fprintf(stderr, "usage: bare round-trip MILLIS | small-writes MILLIS | pieces TRANSPORT SIZE MILLIS\n");
        return 2;
    }
    return 0;
}
