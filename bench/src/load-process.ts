import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LoadPlan, LoadReport, LoadResult } from "./load-plan.ts";

const generatorFile = fileURLToPath(new URL("load-generator.ts", import.meta.url));

/** The load generator, apart from whatever it measures. */
export interface LoadProcess {
  readonly pid: number;
  /** One plan at a time. @throws Error at the first answer that is not what it should be, or if the generator ends */
  run(plan: LoadPlan): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** Starts the load generator. */
export function startLoadProcess(): LoadProcess {
  const child = fork(generatorFile, { execArgv: ["--disable-warning=ExperimentalWarning"] });
  const exited = once(child, "exit");
  return {
    pid: child.pid ?? -1,
    async run(plan) {
      child.send(plan);
      const message = await Promise.race([once(child, "message"), exited.then(() => undefined)]);
      if (message === undefined) throw new Error("The load generator ended.");
      const report = message[0] as LoadReport;
      if ("error" in report) throw new Error(report.error);
      return report.result;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
