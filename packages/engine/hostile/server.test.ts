import { afterAll, beforeAll, describe, test } from "vitest";
import { serverCases, type ServerCase } from "./cases/server.ts";
import { openServerStage, type ServerStage } from "./server-stage.ts";

let stage: ServerStage;
beforeAll(async () => {
  stage = await openServerStage();
});
afterAll(() => stage.close());

const expectHeld = (hostile: ServerCase): Promise<void> => stage.run(hostile);

describe("The server", () => {
  test.each(serverCases)("$name", (hostile) => expectHeld(hostile));
});
