import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceOf } from "../functions.ts";
import { anyKey, type Contestant } from "./contestant.ts";
import { installFromNpm, rivalFolder } from "./install.ts";
import { freePort, spawnRival } from "./spawn-rival.ts";

const version = "2.2.0";
const name = `lambda-local-${version}`;
const loopbackOnly = fileURLToPath(new URL("loopback-only.cjs", import.meta.url));

/** lambda-local in its watch mode: one Node function, in the server's own process, anew for each request. https://github.com/ashiina/lambda-local */
export const lambdaLocal: Contestant = {
  name: `lambda-local ${version}`,
  languages: ["nodejs"],
  prepare: (bench) => installFromNpm(bench, name, [`lambda-local@${version}`]),
  async start(_bench, folder) {
    const port = await freePort();
    const main = join(folder, "main.js");
    // It reads the function at each request, so that it can be written when the server runs already.
    writeFileSync(main, "");
    const command = join(rivalFolder(name), "node_modules/lambda-local/build/cli.js");
    const rival = await spawnRival({
      command: [
        process.execPath,
        "--require",
        loopbackOnly,
        command,
        "--watch",
        String(port),
        "--lambda-path",
        main,
        "--verboselevel",
        "0",
      ],
      folder,
      port,
      environment: {},
    });
    return {
      ...rival,
      async deploy(_runtime, program) {
        writeFileSync(main, sourceOf("nodejs", program).text);
        return { url: `http://127.0.0.1:${port}`, signAs: anyKey, path: "/", envelope: ['{"event":', "}"] };
      },
    };
  },
};
