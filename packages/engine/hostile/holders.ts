/** What holds attacks, by the name that docs/isolation.md has for it. */
export const holders = {
  root: "own root",
  readOnly: "read-only mounts",
  tmpfs: "bounded /tmp and /dev/shm",
  proc: "own /proc",
  dev: "minimal /dev",
  pids: "pid namespace",
  ipc: "ipc namespace",
  network: "network namespace",
  router: "router's rules",
  names: "uts namespace",
  uid: "own user id",
  capabilities: "no capability",
  noNewPrivileges: "no_new_privs",
  filter: "system call filter",
  rlimits: "resource limits",
  memory: "memory limit",
  processes: "process limit",
  zygote: "a zygote without secrets",
  killing: "kill of the whole sandbox",
  deadline: "deadline",
  session: "Runtime API's own listener",
  bounds: "Runtime API's bounds",
  endpointBounds: "bounds of the AWS endpoint",
  responseLimit: "response limit",
  logBounds: "log's bounds",
  environment: "own environment",
  unpacking: "checked unpacking",
  iam: "IAM",
} as const;

/** One of them. */
export type Holder = keyof typeof holders;
