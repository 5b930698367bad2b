import { LambdaClient } from "@aws-sdk/client-lambda";
import { createFunction, invokePath } from "../functions.ts";
import { anyKey, type Contestant } from "./contestant.ts";
import { installFromPyPi, rivalFolder } from "./install.ts";
import type { Bench } from "../bench.ts";
import { freePort, spawnRival, type RivalProcess } from "./spawn-rival.ts";

const version = "1.5.33";
const name = `ministack-${version}`;

/** MiniStack, which imitates many of AWS's services; functions run in child processes of its own. https://github.com/ministackorg/ministack */
export const ministack: Contestant = {
  name: `ministack ${version}`,
  languages: ["nodejs", "python"],
  async prepare(bench) {
    if (bench.python === undefined) throw new Error("needs Python");
    await installFromPyPi(bench, name, bench.python.interpreter, `ministack==${version}`);
  },
  async start(bench, folder) {
    const rival = await startMinistack(bench, folder);
    const { url } = rival;
    const { region, ...credentials } = anyKey;
    const client = new LambdaClient({ endpoint: url, region, credentials });
    return {
      ...rival,
      deploy: async ({ runtime }, program) => ({
        url,
        signAs: anyKey,
        path: invokePath(await createFunction(client, "rival", runtime, program)),
      }),
      async stop() {
        client.destroy();
        await rival.stop();
      },
    };
  },
};

/** Starts it on a free port. */
export async function startMinistack(bench: Bench, folder: string): Promise<RivalProcess & { readonly url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const rival = await spawnRival({
    command: [bench.python?.interpreter ?? "python3", "-m", "ministack"],
    folder,
    port,
    environment: {
      PYTHONPATH: rivalFolder(name),
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      MINISTACK_HOST: "127.0.0.1",
      LAMBDA_EXECUTOR: "local",
      // It would open further ports otherwise.
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      S3_DATA_DIR: folder,
    },
  });
  return { ...rival, url };
}
