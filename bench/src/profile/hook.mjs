// Loaded into each thread of the server by `--import`: SIGUSR2 starts a CPU profile of every thread, a second one writes them to MAYFLY_PROFILE_FOLDER.
// `node --cpu-prof` would do, but for its start: what a server does until it is ready would drown what it does for an invocation.
import { Session } from "node:inspector";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, threadId } from "node:worker_threads";

const folder = process.env["MAYFLY_PROFILE_FOLDER"];
const thread = isMainThread ? "main" : `worker-${threadId}`;
const sampleMicroseconds = 250;
const channel = new BroadcastChannel("mayfly-profile");
channel.unref();
let session;
let run = 0;

/** The inspector answers these within the call. */
function post(method, parameters) {
  let answer;
  session.post(method, parameters, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}

/** Whoever sees the file sees all of it. */
function write(name, text) {
  writeFileSync(join(folder, `${name}.part`), text);
  renameSync(join(folder, `${name}.part`), join(folder, name));
}

function toggle() {
  if (session === undefined) {
    session = new Session();
    session.connect();
    post("Profiler.enable");
    post("Profiler.setSamplingInterval", { interval: sampleMicroseconds });
    post("Profiler.start");
    write(`${run}-${thread}.started`, "");
    return;
  }
  const { profile } = post("Profiler.stop");
  session.disconnect();
  session = undefined;
  write(`${run++}-${thread}.cpuprofile`, JSON.stringify(profile));
}

if (isMainThread) {
  process.on("SIGUSR2", () => {
    channel.postMessage("toggle");
    toggle();
  });
} else {
  channel.addEventListener("message", toggle);
}
