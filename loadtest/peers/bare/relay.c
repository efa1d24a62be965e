/*
 * What the kernel alone takes to relay a message at once: a server that reads from one connection and writes to its
 * partner, and looks at nothing. The floor under ./foyer bench relay, with its defaults: 8 connections, messages of 3,000
 * bytes, 2,000 a second. Linux.
 *
 *     cc -O2 -o /tmp/relay loadtest/peers/bare/relay.c && /tmp/relay
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS = 8, BYTES = 3000, RATE = 2000, SECONDS = 5, ROUNDS = 5 };

static char buffer[65536];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

/* Seconds of CPU that a process has used. */
static double cpu(pid_t process) {
    char path[64];
    unsigned long long nanos = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", process);
    FILE *file = fopen(path, "r");
    if (!file || fscanf(file, "%llu", &nanos) != 1) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return nanos / 1e9;
}

static void watch(int epoll, int channel, unsigned index) {
    int on = 1;
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    setsockopt(channel, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(channel, F_SETFL, O_NONBLOCK);
    epoll_ctl(epoll, EPOLL_CTL_ADD, channel, &event);
}

static void serve(int listener) {
    int channels[CLIENTS];
    int epoll = epoll_create1(0);
    struct epoll_event events[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        channels[i] = accept(listener, NULL, NULL);
        watch(epoll, channels[i], i);
    }
    for (;;) {
        int ready = epoll_wait(epoll, events, CLIENTS, -1);
        for (int i = 0; i < ready; i++) {
            int from = events[i].data.u32;
            ssize_t length = recv(channels[from], buffer, sizeof buffer, 0);
            if (length <= 0 || send(channels[from ^ 1], buffer, length, MSG_NOSIGNAL) != length) {
                _exit(0);
            }
        }
    }
}

static void receive(int epoll, const int *channels, int millis) {
    struct epoll_event events[CLIENTS];
    int ready;
    while ((ready = epoll_wait(epoll, events, CLIENTS, millis)) > 0) {
        for (int i = 0; i < ready; i++) {
            if (recv(channels[events[i].data.u32], buffer, sizeof buffer, 0) < 0) {
                perror("recv");
            }
        }
        if (millis == 1) {
            return;
        }
    }
}

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, CLIENTS);
    getsockname(listener, (struct sockaddr *)&address, &length);
    pid_t server = fork();
    if (server == 0) {
        serve(listener);
    }
    int channels[CLIENTS];
    int epoll = epoll_create1(0);
    for (int i = 0; i < CLIENTS; i++) {
        channels[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(channels[i], (struct sockaddr *)&address, sizeof address) != 0) {
            perror("connect");
            return 1;
        }
        watch(epoll, channels[i], i);
    }
    for (int round = 0; round < ROUNDS; round++) {
        const long total = (long)RATE * SECONDS;
        double start = now(), before = cpu(server);
        for (long next = 0; next < total;) {
            long due = (now() - start) * RATE + 1;
            for (; next < due && next < total; next++) {
                if (send(channels[next % CLIENTS], buffer, BYTES, MSG_NOSIGNAL) != BYTES) {
                    perror("send");
                }
            }
            receive(epoll, channels, 1);
        }
        receive(epoll, channels, 100);
        printf("bare relay: %.2f us of CPU a message\n", (cpu(server) - before) * 1e6 / total);
    }
    kill(server, SIGTERM);
    return 0;
}
