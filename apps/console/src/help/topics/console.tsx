import type { HelpTopic } from "../help-topic.ts";

/** The console itself. */
export const consoleTopics: Readonly<Record<string, HelpTopic>> = {
  about: {
    title: "Mayfly",
    content: (
      <>
        <p>
          Mayfly runs functions on this machine as AWS Lambda runs them in the cloud: the same API, the same runtimes, in a sandbox, with
          the memory you choose, under an IAM role that limits them.
        </p>
        <p>All that this console does goes through the public API. What it shows, the aws CLI and every SDK show too.</p>
        <h3>Keys</h3>
        <dl>
          <dt>Ctrl+K</dt>
          <dd>Go to a function, page or setting</dd>
          <dt>Ctrl+S</dt>
          <dd>Save the draft of the code</dd>
          <dt>Ctrl+Shift+U</dt>
          <dd>Deploy</dd>
          <dt>Ctrl+Enter</dt>
          <dd>Deploy what changed, and test</dd>
        </dl>
      </>
    ),
  },
  dashboard: {
    title: "Dashboard",
    content: (
      <>
        <p>What the account holds in this Region, and the functions that changed last.</p>
        <p>
          <strong>Full account concurrency</strong> is how many invocations may run at once in all; what functions have reserved for
          themselves is taken from it.
        </p>
      </>
    ),
  },
  settings: {
    title: "Settings",
    content: (
      <>
        <h3>Appearance</h3>
        <p>Colours and spacing are kept in this browser. Everything else that you see is on the server.</p>
        <h3>Runtimes</h3>
        <p>
          What would run each of Lambda&apos;s runtimes on this machine. Where the exact version is missing, the nearest newer one runs the
          code, and the log says so at each start.
        </p>
        <h3>Sessions</h3>
        <p>Browsers that are signed in. Ending one signs it out within a moment; its credentials last 15 minutes at most.</p>
      </>
    ),
  },
};
