import type { SandboxWay } from "@mayfly/sandbox";
import { Command, Option } from "commander";
import type { ReplayCommand } from "./cli/replay.ts";
import type { TrailCommand } from "./cli/trail.ts";
import { dataOption, sandboxOption, serverOptions, startOptions } from "./config/options.ts";
import { mayflyVersion } from "./config/version.ts";

/** The `mayfly` command line. Each command's code is loaded only when it is called: `start` must not wait for the others. */
const program = new Command("mayfly")
  .description("A self-hosted, AWS-Lambda-compatible server")
  .version(mayflyVersion)
  .showHelpAfterError();

const start = program.command("start").description("run the server").allowExcessArguments(false);
for (const option of startOptions()) start.addOption(option);
start.action(async (values: Record<string, unknown>) => {
  const { runStart } = await import("./cli/start.ts");
  process.exitCode = await runStart(serverOptions(values));
});

program
  .command("doctor")
  .description("say what this machine gives and what is missing")
  .addOption(dataOption())
  .addOption(sandboxOption())
  .action(async (values: { data?: string; sandbox?: SandboxWay }) => {
    const { runDoctor } = await import("./cli/doctor.ts");
    process.exitCode = await runDoctor(values);
  });

program
  .command("signin")
  .description("print a one-time link to the console")
  .addOption(dataOption())
  .action(async (values: { data?: string }) => {
    const { runSignin } = await import("./cli/signin.ts");
    process.exitCode = await runSignin(values);
  });

program
  .command("top")
  .description("show what the running server's functions do, live")
  .addOption(dataOption())
  .option("--region <name>", "region of the functions", "us-east-1")
  .action(async (values: { data?: string; region?: string }) => {
    const { runTop } = await import("./cli/top.ts");
    process.exitCode = await runTop(values);
  });

program
  .command("replay [request-id]")
  .description("run an invocation of the last day again and show both runs; without a request id, list those that are kept")
  .requiredOption("--function <name>", "the function")
  .option("--qualifier <version>", "version or alias to run it on (default: what the first caller named)")
  .addOption(new Option("--keep <mode>", "whether the function's invocations are kept").choices(["on", "off"]))
  .addOption(dataOption())
  .option("--region <name>", "region of the function", "us-east-1")
  .action(async (requestId: string | undefined, values: Omit<ReplayCommand, "requestId">) => {
    const { runReplay } = await import("./cli/replay.ts");
    process.exitCode = await runReplay({ ...values, requestId });
  });

program
  .command("trail [id]")
  .description(
    "say what became of an event on its way from a queue, topic, bucket or invocation to a function: of a message's id, a request's, or a sequencer; without one, of the last events",
  )
  .option("--function <name>", "only events for this function")
  .option("--source <arn>", "only events of this queue, topic or bucket")
  .addOption(dataOption())
  .option("--region <name>", "region of the function", "us-east-1")
  .action(async (id: string | undefined, values: Omit<TrailCommand, "id">) => {
    const { runTrail } = await import("./cli/trail.ts");
    process.exitCode = await runTrail({ ...values, id });
  });

program
  .command("reset")
  .description("remove everything the data folder holds")
  .addOption(dataOption())
  .option("--yes", "do not ask")
  .action(async (values: { data?: string; yes?: boolean }) => {
    const { runReset } = await import("./cli/reset.ts");
    process.exitCode = await runReset(values);
  });

program
  .command("backup <file>")
  .description("write everything the data folder holds into a .tar.gz file; the server may be running")
  .addOption(dataOption())
  .action(async (file: string, values: { data?: string }) => {
    const { runBackup } = await import("./cli/backup.ts");
    process.exitCode = await runBackup(file, values);
  });

program
  .command("restore <file>")
  .description("fill an empty data folder from a file of `mayfly backup`")
  .addOption(dataOption())
  .action(async (file: string, values: { data?: string }) => {
    const { runRestore } = await import("./cli/restore.ts");
    process.exitCode = await runRestore(file, values);
  });

const runtimes = program.command("runtimes").description("the interpreters that functions run on");
runtimes
  .command("list", { isDefault: true })
  .description("show which interpreter serves each runtime")
  .addOption(dataOption())
  .action(async (values: { data?: string }) => {
    const { runRuntimesList } = await import("./cli/runtimes.ts");
    process.exitCode = await runRuntimesList(values);
  });
runtimes
  .command("install <runtime>")
  .description("fetch an interpreter into the data folder, e.g. nodejs20.x, or boto3 for all Python functions")
  .addOption(dataOption())
  .action(async (runtime: string, values: { data?: string }) => {
    const { runRuntimesInstall } = await import("./cli/runtimes.ts");
    process.exitCode = await runRuntimesInstall(runtime, values);
  });

await program.parseAsync();
