import "@cloudscape-design/global-styles/index.css";
import "./main.css";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { createQueryClient, prefetchAll } from "./api/hooks.ts";
import { paging } from "./api/paging.ts";
import { FlashProvider } from "./app/flash.tsx";
import { hrefOf } from "./app/follow.ts";
import { paths } from "./app/paths.ts";
import { startPreferences } from "./app/preferences.ts";
import { RootError } from "./app/root-error.tsx";
import { createRouter } from "./app/router.tsx";
import { arrive } from "./session/session.ts";
import { SessionGate } from "./session/session-gate.tsx";

startPreferences();
const cache = createQueryClient();
// The list that most visits begin with is on its way before its page is drawn.
if (location.pathname === hrefOf(paths.functions))
  arrive()
    .then(() => prefetchAll(cache, "lambda", "ListFunctions", {}, paging.ListFunctions))
    .catch(() => undefined);

const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root.");
const router = createRouter();
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="en" messages={[messages]}>
      <RootError>
        <QueryClientProvider client={cache}>
          <FlashProvider>
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          </FlashProvider>
        </QueryClientProvider>
      </RootError>
    </I18nProvider>
  </StrictMode>,
);
