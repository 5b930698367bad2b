import "@cloudscape-design/global-styles/index.css";
import "./main.css";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { createQueryClient } from "./api/hooks.ts";
import { preload } from "./api/send.ts";
import { FlashProvider } from "./app/flash.tsx";
import { pathOfAwsHash } from "./app/paths.ts";
import { startPreferences } from "./app/preferences.ts";
import { RootError } from "./app/root-error.tsx";
import { createRouter } from "./app/router.tsx";
import { linkToken, renewSession } from "./session/session.ts";
import { SessionGate } from "./session/session-gate.tsx";

startPreferences();
const fromAws = pathOfAwsHash(location.hash);
if (fromAws !== undefined) history.replaceState(null, "", `/console${fromAws}`);
if (linkToken === undefined) renewSession().catch(() => undefined);
preload("lambda");

const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root.");
const router = createRouter();
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="en" messages={[messages]}>
      <RootError>
        <QueryClientProvider client={createQueryClient()}>
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
