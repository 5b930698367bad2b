import { symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { sourceOf, oneCpuMb } from "../functions.ts";
import { anyKey, type Contestant } from "./contestant.ts";
import { installFromNpm, rivalFolder } from "./install.ts";
import { freePort, spawnRival, type RivalProcess } from "./spawn-rival.ts";

const version = "13.9.0";
// The last Serverless Framework that asks for no account; serverless-offline 14 wants its successor.
const framework = "3.40.0";
const name = `serverless-offline-${version}`;

/**
 * serverless-offline: Node functions in worker threads, Python functions in a child process each, behind a copy of Invoke's path.
 * It reads its functions when it starts. https://github.com/dherault/serverless-offline
 */
export const serverlessOffline: Contestant = {
  name: `serverless-offline ${version}`,
  languages: ["nodejs", "python"],
  prepare: (bench) => installFromNpm(bench, name, [`serverless@${framework}`, `serverless-offline@${version}`]),
  async start(bench, folder) {
    const [lambdaPort, httpPort] = [await freePort(), await freePort()];
    const runtimes = [bench.node, ...(bench.python === undefined ? [] : [bench.python])];
    const functions: Record<string, object> = {};
    for (const { runtime, language } of runtimes) {
      for (const program of ["echo", "log"] as const) {
        const { text } = sourceOf(language, program);
        const module = `${language}_${program}`;
        writeFileSync(join(folder, `${module}.${language === "nodejs" ? "js" : "py"}`), text);
        functions[module] = { handler: `${module}.handler`, name: module, runtime: language === "nodejs" ? "nodejs20.x" : runtime };
      }
    }
    writeFileSync(join(folder, "serverless.yml"), JSON.stringify(configuration(functions, lambdaPort, httpPort)));
    symlinkSync(join(rivalFolder(name), "node_modules"), join(folder, "node_modules"));
    const rival: RivalProcess = await spawnRival({
      command: [process.execPath, join(folder, "node_modules/serverless/bin/serverless.js"), "offline", "start"],
      folder,
      port: lambdaPort,
      environment: {
        // It runs whichever python3 comes first.
        PATH: [...(bench.python === undefined ? [] : [dirname(bench.python.interpreter)]), process.env["PATH"]].join(delimiter),
        CI: "1",
        SLS_TELEMETRY_DISABLED: "1",
        SLS_NOTIFICATIONS_MODE: "off",
      },
    });
    return {
      ...rival,
      deploy: async ({ language }, program) => ({
        url: `http://127.0.0.1:${lambdaPort}`,
        signAs: anyKey,
        path: `/2015-03-31/functions/${language}_${program}/invocations`,
      }),
    };
  },
};

/** JSON is YAML. */
const configuration = (functions: Readonly<Record<string, object>>, lambdaPort: number, httpPort: number) => ({
  service: "bench",
  frameworkVersion: "3",
  provider: { name: "aws", region: "us-east-1", memorySize: oneCpuMb },
  plugins: ["serverless-offline"],
  custom: { "serverless-offline": { host: "127.0.0.1", lambdaPort, httpPort, noTimeout: true } },
  functions,
});
