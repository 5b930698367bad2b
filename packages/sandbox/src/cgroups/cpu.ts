import { availableParallelism } from "node:os";

/**
 * How long a quota lasts, microseconds. As measured on AWS (https://github.com/pwrdrvr/lambda-throttling): in the kernel's usual 100 ms a function of 128 MB that
 * has used its 7 ms would stand still for the other 93. Its quota here is 1.4 ms of 20; the kernel's least is 1 ms.
 */
export const periodUs = 20_000;
const leastQuotaUs = 1_000;

/** Microseconds of processor time a period; undefined where a bound would bind nothing. */
export const quotaUs = (cpus: number): number | undefined =>
  cpus >= availableParallelism() ? undefined : Math.max(leastQuotaUs, Math.round(cpus * periodUs));

/** A group's weight where processors are short, by what it may take at most; 1 is what other processes have. */
export const weightOf = (cpus: number): number => Math.min(cpus, availableParallelism());
