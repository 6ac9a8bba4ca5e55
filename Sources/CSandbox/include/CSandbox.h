/* Processes for parsing what is not trusted: the same program once more, copies of it, and limits on what they may take. */
#ifndef VOUCH_CSANDBOX_H
#define VOUCH_CSANDBOX_H

#include <stddef.h>
#include <sys/types.h>

/* Runs `program` with one argument; its standard output can be read from `output`, and what is written to `input` is its
   descriptor 3. Standard input and error are shared. Returns 0 or an errno. */
int vouch_sandbox_spawn(const char *program, const char *argument, int *input, int *output, pid_t *process);

/* Copies the process, of which one thread goes on: 0 in the copy, -1 if there is none. `output` can be read from in the
   original and written to in the copy. */
pid_t vouch_sandbox_fork(int *output);

/* Limits this process: bytes of address space, seconds of processor time (0: any), no files written, no core left, no
   rights gained. */
void vouch_sandbox_limit(size_t memory, unsigned seconds);

/* Waits for a process: its exit status, or minus the signal that ended it. */
int vouch_sandbox_wait(pid_t process);

/* Ends this process without tidying up. */
_Noreturn void vouch_sandbox_exit(int status);

#endif
