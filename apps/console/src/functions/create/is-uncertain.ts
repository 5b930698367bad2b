import { problemOf } from "../../api/problem.ts";

/** Whether a failed request may have been carried out nevertheless: no answer came, or none that could be read for want of a part of the console. */
export const isUncertain = (error: unknown): boolean => ["unreachable", "missing-part"].includes(problemOf(error).kind);
