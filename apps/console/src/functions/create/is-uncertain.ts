import { problemOf } from "../../api/problem.ts";

/** Whether a failed request may have been carried out nevertheless: no answer came. */
export const isUncertain = (error: unknown): boolean => problemOf(error).kind === "unreachable";
