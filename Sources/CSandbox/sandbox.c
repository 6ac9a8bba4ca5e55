#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int vouch_sandbox_spawn(const char *program, const char *argument, int *input, int *output, pid_t *process) {
  int given[2], made[2];
  if (pipe2(given, O_CLOEXEC) != 0) return errno;
  if (pipe2(made, O_CLOEXEC) != 0) {
    const int error = errno;
    close(given[0]);
    close(given[1]);
    return error;
  }
  size_t count = 0;
  while (environ[count]) count++;
  /* A process that traps must end at once. */
  char **variables = calloc(count + 2, sizeof *variables);
  size_t kept = 0;
  for (size_t index = 0; variables && index < count; index++) {
    if (strncmp(environ[index], "SWIFT_BACKTRACE=", 16) != 0) variables[kept++] = environ[index];
  }
  if (variables) variables[kept] = "SWIFT_BACKTRACE=enable=no";
  char *arguments[] = {(char *)"vouch", (char *)argument, NULL};
  posix_spawn_file_actions_t actions;
  int error = variables ? posix_spawn_file_actions_init(&actions) : ENOMEM;
  if (error == 0) {
    error = posix_spawn_file_actions_adddup2(&actions, made[1], 1);
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, given[0], 3);
    if (error == 0) error = posix_spawn(process, program, &actions, NULL, arguments, variables);
    posix_spawn_file_actions_destroy(&actions);
  }
  free(variables);
  close(given[0]);
  close(made[1]);
  if (error != 0) {
    close(given[1]);
    close(made[0]);
    return error;
  }
  *input = given[1];
  *output = made[0];
  return 0;
}

pid_t vouch_sandbox_fork(int *output) {
  int made[2];
  if (pipe2(made, O_CLOEXEC) != 0) return -1;
  const pid_t process = fork();
  if (process == 0) {
    close(made[0]);
    *output = made[1];
    return 0;
  }
  close(made[1]);
  if (process < 0) {
    close(made[0]);
    return -1;
  }
  *output = made[0];
  return process;
}

static void limit(int resource, rlim_t most) {
  struct rlimit limits;
  if (getrlimit(resource, &limits) != 0) return;
  if (limits.rlim_max == RLIM_INFINITY || most < limits.rlim_max) limits.rlim_max = most;
  limits.rlim_cur = limits.rlim_max;
  setrlimit(resource, &limits);
}

void vouch_sandbox_limit(size_t memory, unsigned seconds) {
  limit(RLIMIT_AS, memory);
  if (seconds > 0) limit(RLIMIT_CPU, seconds);
  limit(RLIMIT_NOFILE, 256);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int vouch_sandbox_wait(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return 255;
  }
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

_Noreturn void vouch_sandbox_exit(int status) { _exit(status); }
