import { doors, preloadPage } from "./app/pages.ts";
import { pathOfAwsHash, paths } from "./app/paths.ts";
import { arrive } from "./session/session.ts";

// This runs as soon as it is there. What it begins goes on while the frame is loaded.
const fromAws = pathOfAwsHash(location.hash) ?? (doors.has(location.pathname) ? paths.functions : undefined);
if (fromAws !== undefined) history.replaceState(null, "", `/console${fromAws}${location.search}`);
arrive().catch(() => undefined);
preloadPage(location.pathname);
void import("./main.tsx");
